-- A workspace can have webhooks of its own, which hear of this workspace alone and are deleted with it.
ALTER TABLE webhook_endpoints ADD COLUMN sub_client_id VARCHAR(40);
DROP INDEX webhook_endpoints_by_account;
-- [jooq ignore start]
${on_postgresql}ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_workspace FOREIGN KEY (tenant_id, sub_client_id) REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE;
-- SQLite can't add a reference of two columns, so there the table is made anew. References to it go by name, and
-- migrations don't enforce them.
${sqlite_begin}
CREATE TABLE webhook_endpoints_before AS SELECT * FROM webhook_endpoints;
DROP TABLE webhook_endpoints;
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
    sub_client_id VARCHAR(40),
    CONSTRAINT webhook_endpoints_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT webhook_endpoints_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT webhook_endpoints_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);
INSERT INTO webhook_endpoints SELECT * FROM webhook_endpoints_before;
DROP TABLE webhook_endpoints_before;
${sqlite_end}
-- [jooq ignore stop]
CREATE INDEX webhook_endpoints_by_place ON webhook_endpoints (tenant_id, account_id, sub_client_id, created_at, id);
CREATE INDEX webhook_endpoints_by_workspace ON webhook_endpoints (tenant_id, sub_client_id);
