-- The language of a workspace's sign-in pages and emails (docs/decisions/0065).
ALTER TABLE sub_clients ADD COLUMN language VARCHAR(10) DEFAULT 'en' NOT NULL;
