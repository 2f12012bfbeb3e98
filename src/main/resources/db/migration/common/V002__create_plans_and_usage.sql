-- Packs that a tenant bought: they stack, and their sum is the number of sub-accounts.
CREATE TABLE packs (
    tenant_id VARCHAR(36) NOT NULL,
    size INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, size),
    CONSTRAINT packs_size CHECK (size IN (3, 10, 25)),
    CONSTRAINT packs_quantity CHECK (quantity BETWEEN 1 AND 99),
    CONSTRAINT packs_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

-- How much of each limited resource an account uses: counters instead of counts (docs/decisions/0005).
CREATE TABLE account_usage (
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    quota VARCHAR(20) NOT NULL,
    used BIGINT NOT NULL,
    PRIMARY KEY (account_id, quota),
    CONSTRAINT account_usage_not_negative CHECK (used >= 0),
    CONSTRAINT account_usage_account FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX account_usage_by_tenant ON account_usage (tenant_id, account_id);
