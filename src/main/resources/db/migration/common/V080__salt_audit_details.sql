-- The digest of details stays when they are erased. With a salt that is erased with them, nobody can find out again
-- what they were by trying likely ones. Rows from before have none.
ALTER TABLE audit_events ADD COLUMN details_salt VARCHAR(43);
