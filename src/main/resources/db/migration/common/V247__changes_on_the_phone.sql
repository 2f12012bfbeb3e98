-- Messages of ours that are changed or deleted on the phone of the number.
ALTER TABLE outgoing_messages ADD COLUMN edited_at BIGINT;
ALTER TABLE outgoing_messages ADD COLUMN deleted_at BIGINT;

-- Providers name the session that ended, with or without its person: sid.
ALTER TABLE workspace_sso_sessions ADD COLUMN provider_session VARCHAR(255);
