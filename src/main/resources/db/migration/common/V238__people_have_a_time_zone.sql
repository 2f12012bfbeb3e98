-- The time zone in which a person reads times, such as 'Asia/Dubai': first the browser's, then what they choose.
ALTER TABLE identities ADD COLUMN time_zone VARCHAR(50);
ALTER TABLE sub_client_users ADD COLUMN time_zone VARCHAR(50);
-- The time zone of an account's reports and of new schedules; a brand without one has its agency's.
ALTER TABLE accounts ADD COLUMN time_zone VARCHAR(50);
