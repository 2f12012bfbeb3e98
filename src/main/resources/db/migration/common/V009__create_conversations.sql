-- A conversation of a workspace's user with the assistant. Those with WhatsApp contacts have no user of their own.
CREATE TABLE conversations (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    user_id INTEGER,
    title VARCHAR(100) NOT NULL,
    message_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT conversations_in_workspace UNIQUE (tenant_id, sub_client_id, id),
    CONSTRAINT conversations_kind CHECK (kind IN ('assistant', 'whatsapp')),
    CONSTRAINT conversations_user_shape CHECK ((kind = 'assistant') = (user_id IS NOT NULL)),
    CONSTRAINT conversations_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT conversations_user FOREIGN KEY (tenant_id, sub_client_id, user_id)
        REFERENCES sub_client_users (tenant_id, sub_client_id, id) ON DELETE CASCADE
);

CREATE INDEX conversations_by_user ON conversations (tenant_id, sub_client_id, user_id, updated_at, id);

-- `position` counts from 1 without gaps: a client that names the last one it has gets the rest, and misses nothing.
-- `client_key` is the sender's own name for a message, so that one sent twice is stored once.
CREATE TABLE messages (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    conversation_id VARCHAR(36) NOT NULL,
    position BIGINT NOT NULL,
    role VARCHAR(10) NOT NULL,
    body VARCHAR(8000) NOT NULL,
    client_key VARCHAR(64),
    created_at BIGINT NOT NULL,
    CONSTRAINT messages_role CHECK (role IN ('user', 'assistant')),
    CONSTRAINT messages_position UNIQUE (conversation_id, position),
    CONSTRAINT messages_client_key UNIQUE (conversation_id, client_key),
    CONSTRAINT messages_conversation FOREIGN KEY (tenant_id, sub_client_id, conversation_id)
        REFERENCES conversations (tenant_id, sub_client_id, id) ON DELETE CASCADE
);

CREATE INDEX messages_by_conversation ON messages (tenant_id, sub_client_id, conversation_id, position);
