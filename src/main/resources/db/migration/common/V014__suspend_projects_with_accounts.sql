-- A project whose account is suspended or deleted: its workspaces behave as suspended, and come back with the account
-- (docs/decisions/0015).
ALTER TABLE projects ADD COLUMN is_account_suspended INTEGER DEFAULT 0 NOT NULL;

-- Words are whole names so far; a job writes them anew, split and without accents.
/* [jooq ignore start] */
DELETE FROM account_words;
/* [jooq ignore stop] */
