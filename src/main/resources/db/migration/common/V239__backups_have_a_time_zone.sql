-- The time zone of the time and the day at which a backup is due.
ALTER TABLE backup_plan ADD COLUMN time_zone VARCHAR(50) NOT NULL DEFAULT 'UTC';
