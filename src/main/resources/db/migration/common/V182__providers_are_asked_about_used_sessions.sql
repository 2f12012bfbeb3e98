-- When the provider is to be asked next. A session that isn't used rests: the provider isn't asked about it.
ALTER TABLE workspace_sso_sessions ADD COLUMN due_at BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE account_sso_sessions ADD COLUMN due_at BIGINT DEFAULT 0 NOT NULL;
UPDATE workspace_sso_sessions SET due_at = answered_at + 3600000 WHERE renewal IS NULL;
UPDATE account_sso_sessions SET due_at = answered_at + 3600000 WHERE renewal IS NULL;
DROP INDEX workspace_sso_sessions_due;
DROP INDEX account_sso_sessions_due;
CREATE INDEX workspace_sso_sessions_due ON workspace_sso_sessions (due_at, token_hash);
CREATE INDEX account_sso_sessions_due ON account_sso_sessions (due_at, token_hash);
