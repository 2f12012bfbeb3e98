-- Keys whose messages reach no one, which is chosen when they are made, and the messages that they have ordered in the last
-- day. Their states follow from their age; `state` is the last one that webhooks were told, `due_at` when the next is due.
ALTER TABLE api_keys ADD COLUMN is_test INTEGER DEFAULT 0 NOT NULL;

CREATE TABLE test_messages (
    tenant_id VARCHAR(36) NOT NULL,
    id VARCHAR(36) NOT NULL,
    key_id VARCHAR(8) NOT NULL,
    master_id VARCHAR(60) NOT NULL,
    phone VARCHAR(180) NOT NULL,
    body VARCHAR(8000) NOT NULL,
    media_name VARCHAR(200),
    media_type VARCHAR(100),
    content TEXT,
    quoted_provider_id VARCHAR(128),
    is_quoted_ours INTEGER,
    idempotency_key VARCHAR(128) NOT NULL,
    batch_id VARCHAR(36),
    behavior VARCHAR(10) NOT NULL,
    state VARCHAR(10) NOT NULL,
    due_at BIGINT,
    send_at BIGINT,
    expires_at BIGINT,
    created_at BIGINT NOT NULL,
    state_changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT test_messages_key UNIQUE (tenant_id, idempotency_key),
    CONSTRAINT test_messages_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX test_messages_by_key ON test_messages (tenant_id, key_id, created_at);
CREATE INDEX test_messages_due ON test_messages (due_at, tenant_id, id);
CREATE INDEX test_messages_by_age ON test_messages (created_at);
