-- Whether visitors read on a sub-account's pages which agency manages it: only where the agency wished so.
ALTER TABLE accounts ADD COLUMN is_manager_shown INTEGER DEFAULT 0 NOT NULL;
