-- People keep the usernames that they had elsewhere. SQLite doesn't check how long a text is.
-- [jooq ignore start]
${on_postgresql}ALTER TABLE sub_client_users ALTER COLUMN username TYPE VARCHAR(64);
${on_postgresql}ALTER TABLE workspace_invitations ALTER COLUMN username TYPE VARCHAR(64);
${on_postgresql}ALTER TABLE workspace_registrations ALTER COLUMN username TYPE VARCHAR(64);
${on_postgresql}ALTER TABLE note_mentions ALTER COLUMN username TYPE VARCHAR(64);
-- [jooq ignore stop]
