-- Files of messages that programs send: uploaded first, or fetched from a link.
CREATE TABLE message_files (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    -- Whose it is: the tenant, or one of its sub-accounts.
    account_id VARCHAR(36) NOT NULL,
    name VARCHAR(200) NOT NULL,
    content_type VARCHAR(100) NOT NULL,
    size BIGINT NOT NULL,
    -- Below files/ in the data folder.
    path VARCHAR(200) NOT NULL,
    -- Removed after this time; every message that carries it keeps it longer.
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT message_files_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX message_files_by_account ON message_files (tenant_id, account_id);
CREATE INDEX message_files_due ON message_files (expires_at);
