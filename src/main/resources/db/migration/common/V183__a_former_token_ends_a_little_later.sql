-- Requests that were under way when a session got its new token are answered still.
ALTER TABLE sessions ADD COLUMN former_hash VARCHAR(64);
ALTER TABLE sessions ADD COLUMN former_ends_at BIGINT;
CREATE UNIQUE INDEX sessions_by_former ON sessions (former_hash);
