-- Addresses of other programs that receive events, and what was or will be sent to them (docs/decisions/0052).
CREATE TABLE webhook_endpoints (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    url VARCHAR(2048) NOT NULL,
    events VARCHAR(2000) NOT NULL,
    secret VARCHAR(400) NOT NULL,
    old_secret VARCHAR(400),
    old_secret_ends_at BIGINT,
    is_active INTEGER NOT NULL,
    off_reason VARCHAR(300),
    failing_since_at BIGINT,
    failures INTEGER NOT NULL,
    resumes_at BIGINT NOT NULL,
    free_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT webhook_endpoints_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT webhook_endpoints_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_endpoints_by_account ON webhook_endpoints (tenant_id, account_id, created_at, id);

-- One row per event and endpoint. The body is what is sent, byte by byte, at each try.
CREATE TABLE webhook_deliveries (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    endpoint_id VARCHAR(36) NOT NULL,
    event_id VARCHAR(40) NOT NULL,
    event_type VARCHAR(60) NOT NULL,
    subject VARCHAR(200) NOT NULL,
    body TEXT NOT NULL,
    state VARCHAR(10) NOT NULL,
    attempts INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    tried_at BIGINT,
    took_ms INTEGER,
    status INTEGER,
    error VARCHAR(300),
    answer TEXT,
    created_at BIGINT NOT NULL,
    CONSTRAINT webhook_deliveries_endpoint FOREIGN KEY (tenant_id, endpoint_id)
        REFERENCES webhook_endpoints (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, due_at, id) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_log ON webhook_deliveries (tenant_id, endpoint_id, id);
CREATE INDEX webhook_deliveries_old ON webhook_deliveries (created_at) WHERE state <> 'waiting';
