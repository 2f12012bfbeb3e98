-- The account of the person who runs the server: whatever its tier and packs say, its plan has no limits.
ALTER TABLE accounts ADD COLUMN is_unlimited INTEGER DEFAULT 0 NOT NULL;

-- The dashboard's checklist of first steps is done, or was dismissed.
ALTER TABLE accounts ADD COLUMN is_checklist_hidden INTEGER DEFAULT 0 NOT NULL;
