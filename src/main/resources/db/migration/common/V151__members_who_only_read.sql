-- Managers who see everything that managers see, and change nothing: the people of an agency that gave an account away.
ALTER TABLE memberships ADD COLUMN is_read_only INTEGER DEFAULT 0 NOT NULL;
