-- The time zone of a page's days in analytics and of new schedules on it; a page without one has its account's.
ALTER TABLE pages ADD COLUMN time_zone VARCHAR(50);
