-- Brands and whole accounts that were asked for as a file (docs/decisions/0056). The rows belong to the agency, so they
-- stay with it when a brand moves to another one; account_id is what was exported.
CREATE TABLE account_exports (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    username VARCHAR(30) NOT NULL,
    is_whole INTEGER NOT NULL,
    state VARCHAR(10) NOT NULL,
    progress INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    requested_by_identity_id VARCHAR(36) NOT NULL,
    problem VARCHAR(300),
    path VARCHAR(200),
    size BIGINT,
    created_at BIGINT NOT NULL,
    claimed_until_at BIGINT NOT NULL,
    ready_at BIGINT,
    expires_at BIGINT NOT NULL,
    CONSTRAINT account_exports_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX account_exports_by_tenant ON account_exports (tenant_id, created_at, id);
CREATE INDEX account_exports_by_claim ON account_exports (state, claimed_until_at, created_at);
CREATE INDEX account_exports_by_expiry ON account_exports (expires_at, id);
