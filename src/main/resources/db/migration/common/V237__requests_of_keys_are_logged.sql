-- The requests that programs made with the keys of an account, for 7 days: which route, and how it ended. What was sent
-- and answered is not kept. Written in batches; those of a very busy server may be missing.
CREATE TABLE api_requests (
    tenant_id VARCHAR(36) NOT NULL,
    id VARCHAR(36) NOT NULL,
    key_id VARCHAR(8) NOT NULL,
    route VARCHAR(200) NOT NULL,
    status INTEGER NOT NULL,
    code VARCHAR(60),
    duration_ms BIGINT NOT NULL,
    request_id VARCHAR(64) NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT api_requests_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX api_requests_by_time ON api_requests (made_at);
