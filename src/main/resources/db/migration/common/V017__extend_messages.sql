-- Messages of the inbox: what contacts write, what people of the workspace answer, and what they note for each other.
-- SQLite cannot widen a check, so the table is made anew.
ALTER TABLE messages RENAME TO messages_before;

CREATE TABLE messages (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    conversation_id VARCHAR(36) NOT NULL,
    position BIGINT NOT NULL,
    role VARCHAR(10) NOT NULL,
    body VARCHAR(8000) NOT NULL,
    -- Who wrote it, of the workspace's users; the name stays when the user goes.
    author_user_id INTEGER,
    author_name VARCHAR(100),
    client_key VARCHAR(64),
    -- The row of `whatsapp` that says how far it came.
    outgoing_id VARCHAR(36),
    attachment_count INTEGER DEFAULT 0 NOT NULL,
    -- An answer that could not be given, or that was stopped before its end.
    is_failed INTEGER DEFAULT 0 NOT NULL,
    is_stopped INTEGER DEFAULT 0 NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT message_role CHECK (role IN ('user', 'assistant', 'contact', 'agent', 'note')),
    CONSTRAINT message_position UNIQUE (conversation_id, position),
    CONSTRAINT message_client_key UNIQUE (conversation_id, client_key),
    CONSTRAINT message_conversation FOREIGN KEY (tenant_id, sub_client_id, conversation_id)
        REFERENCES conversations (tenant_id, sub_client_id, id) ON DELETE CASCADE
);

INSERT INTO messages (id, tenant_id, sub_client_id, conversation_id, position, role, body, client_key, created_at)
SELECT id, tenant_id, sub_client_id, conversation_id, position, role, body, client_key, created_at
FROM messages_before;

DROP TABLE messages_before;

CREATE INDEX message_by_conversation ON messages (tenant_id, sub_client_id, conversation_id, position);
CREATE UNIQUE INDEX message_outgoing ON messages (outgoing_id);

-- Set once somebody names the conversation: then its first message no longer does.
ALTER TABLE conversations ADD COLUMN is_named INTEGER DEFAULT 0 NOT NULL;
-- A person answers, not the assistant, until the thread in the inbox is closed.
ALTER TABLE conversations ADD COLUMN is_handed_over INTEGER DEFAULT 0 NOT NULL;

-- Files of a conversation. `path` lies below `files/` in the data folder. Those without a message wait for it.
CREATE TABLE attachments (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    conversation_id VARCHAR(36) NOT NULL,
    message_id VARCHAR(36),
    uploaded_by INTEGER,
    name VARCHAR(200) NOT NULL,
    content_type VARCHAR(100) NOT NULL,
    size BIGINT NOT NULL,
    path VARCHAR(300) NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT attachments_conversation FOREIGN KEY (tenant_id, sub_client_id, conversation_id)
        REFERENCES conversations (tenant_id, sub_client_id, id) ON DELETE CASCADE
);

CREATE INDEX attachments_by_conversation ON attachments (tenant_id, sub_client_id, conversation_id, message_id);
CREATE INDEX attachments_by_message ON attachments (message_id, created_at);

-- How much a workspace keeps.
CREATE TABLE workspace_storage (
    sub_client_id VARCHAR(40) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    files BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    CONSTRAINT workspace_storage_not_negative CHECK (files >= 0 AND bytes >= 0),
    CONSTRAINT workspace_storage_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

-- Files and folders below `files/` whose rows are gone; a job removes them and then these lines.
CREATE TABLE removed_files (
    path VARCHAR(300) NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL
);
