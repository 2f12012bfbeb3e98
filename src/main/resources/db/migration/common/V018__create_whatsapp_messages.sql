-- What is to be sent over a pool, until its fate is known, and after. `sender_id` is the number that sends it, once one
-- is chosen. The key is the orderer's own name for the message: one that is ordered twice is sent once.
CREATE TABLE outgoing_messages (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    master_id VARCHAR(60) NOT NULL,
    sender_id VARCHAR(60),
    phone VARCHAR(16) NOT NULL,
    body VARCHAR(8000) NOT NULL,
    media_name VARCHAR(200),
    media_type VARCHAR(100),
    media_path VARCHAR(300),
    idempotency_key VARCHAR(128) NOT NULL,
    state VARCHAR(10) NOT NULL,
    attempts INTEGER NOT NULL,
    error VARCHAR(300),
    provider_id VARCHAR(128),
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    state_changed_at BIGINT NOT NULL,
    CONSTRAINT outgoing_messages_key UNIQUE (tenant_id, idempotency_key),
    CONSTRAINT outgoing_messages_state CHECK (state IN ('queued', 'sending', 'sent', 'delivered', 'read', 'failed',
        'uncertain')),
    CONSTRAINT outgoing_messages_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

CREATE INDEX outgoing_messages_by_state ON outgoing_messages (state, due_at, id);
CREATE INDEX outgoing_messages_by_master ON outgoing_messages (tenant_id, master_id, id);
CREATE INDEX outgoing_messages_by_provider ON outgoing_messages (sender_id, provider_id);

-- What has come in, so that a message that is told twice arrives once.
CREATE TABLE incoming_messages (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sender_id VARCHAR(60) NOT NULL,
    provider_id VARCHAR(128) NOT NULL,
    phone VARCHAR(16) NOT NULL,
    name VARCHAR(100) NOT NULL,
    body VARCHAR(8000) NOT NULL,
    media_name VARCHAR(200),
    media_type VARCHAR(100),
    media_path VARCHAR(300),
    created_at BIGINT NOT NULL,
    CONSTRAINT incoming_messages_provider UNIQUE (sender_id, provider_id),
    CONSTRAINT incoming_messages_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

CREATE INDEX incoming_messages_by_sender ON incoming_messages (tenant_id, sender_id, id);
