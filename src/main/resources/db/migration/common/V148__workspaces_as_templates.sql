-- A workspace that others are made like, so that people find it first.
ALTER TABLE sub_clients ADD COLUMN is_template INTEGER DEFAULT 0 NOT NULL;
-- The number that went with a deleted workspace, so that it can come back, or be named.
ALTER TABLE sub_clients ADD COLUMN former_client_id VARCHAR(40);
ALTER TABLE sub_clients ADD COLUMN former_phone VARCHAR(20);
