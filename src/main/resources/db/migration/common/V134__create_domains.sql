-- Host names that accounts have proved to own, or want to (docs/decisions/0053). Several accounts may claim a host; the one
-- whose proof was seen has it in serving_host.
CREATE TABLE domains (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    host VARCHAR(245) NOT NULL,
    serving_host VARCHAR(245),
    page_id VARCHAR(36),
    sub_client_id VARCHAR(40),
    state VARCHAR(10) NOT NULL,
    problem VARCHAR(300),
    proved_at BIGINT,
    missing_since_at BIGINT,
    checked_at BIGINT,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT domains_once UNIQUE (tenant_id, host),
    CONSTRAINT domains_served UNIQUE (serving_host),
    CONSTRAINT domains_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT domains_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX domains_by_account ON domains (tenant_id, account_id, created_at, id);
CREATE INDEX domains_by_workspace ON domains (tenant_id, sub_client_id);
CREATE INDEX domains_due ON domains (due_at, id);
