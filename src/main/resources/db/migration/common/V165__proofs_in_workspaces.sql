-- When a user of a workspace last proved who they are: at the sign-in, until they do so again.
ALTER TABLE workspace_sessions ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0;
UPDATE workspace_sessions SET proved_at = created_at;
