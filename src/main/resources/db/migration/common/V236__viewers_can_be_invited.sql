ALTER TABLE membership_invitations ADD COLUMN is_read_only INTEGER DEFAULT 0 NOT NULL;
