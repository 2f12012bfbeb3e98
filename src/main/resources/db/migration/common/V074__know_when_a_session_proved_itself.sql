-- When the person last proved who they are, by password or passkey. Sessions end 30 days after their beginning at the
-- latest, whatever use renewed them.
ALTER TABLE sessions ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0;
UPDATE sessions SET proved_at = created_at;
UPDATE sessions SET expires_at = created_at + 2592000000 WHERE expires_at > created_at + 2592000000;
UPDATE workspace_sessions SET expires_at = created_at + 2592000000 WHERE expires_at > created_at + 2592000000;
