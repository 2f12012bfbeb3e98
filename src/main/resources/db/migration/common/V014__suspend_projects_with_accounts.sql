-- A project whose account is suspended or deleted: its workspaces behave as suspended, and come back with the account
-- (docs/decisions/0015).
ALTER TABLE projects ADD COLUMN is_account_suspended INTEGER DEFAULT 0 NOT NULL;
