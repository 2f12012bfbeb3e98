-- A session that acts for an account which is suspended or deleted acts for nothing until it switches again: requests
-- that name no account are refused, and never land on the agency itself.
ALTER TABLE sessions ADD COLUMN context_ended_at BIGINT;

-- The account that our own pages open with where a link names none. Programs never use it, and pages never move theirs.
ALTER TABLE sessions ADD COLUMN page_account_id VARCHAR(36) REFERENCES accounts (id) ON DELETE SET NULL;

CREATE INDEX sessions_by_page_account ON sessions (page_account_id);
