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
    CONSTRAINT account_usage_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX account_usage_by_tenant ON account_usage (tenant_id, account_id);
-- For the operator's figures: how many tenants have sub-accounts, and how many.
CREATE INDEX account_usage_by_quota ON account_usage (quota, used);

-- What is left of a sub-account after its data is erased: sums, without anything that was written in it.
CREATE TABLE erased_accounts (
    account_id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    username VARCHAR(30) NOT NULL,
    clicks BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT NOT NULL,
    erased_at BIGINT NOT NULL,
    CONSTRAINT erased_accounts_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX erased_accounts_by_tenant ON erased_accounts (tenant_id, account_id);

-- How a tenant stands with what it bought. Who has no row has an active plan without an end.
CREATE TABLE subscriptions (
    tenant_id VARCHAR(36) NOT NULL PRIMARY KEY,
    status VARCHAR(10) NOT NULL,
    billing_cycle VARCHAR(10) NOT NULL,
    started_at BIGINT NOT NULL,
    next_billing_at BIGINT,
    cancelled_at BIGINT,
    CONSTRAINT subscriptions_status CHECK (status IN ('active', 'trial', 'cancelled', 'expired', 'suspended')),
    CONSTRAINT subscriptions_cycle CHECK (billing_cycle IN ('monthly', 'annual')),
    CONSTRAINT subscriptions_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
-- A job looks for those that were cancelled and whose paid time is over.
CREATE INDEX subscriptions_by_end ON subscriptions (status, next_billing_at);

-- A tenant has more sub-accounts than its plan holds: until the end the ones in excess are read-only, then suspended.
-- `noticed_day` is the day of the last mail about it.
CREATE TABLE graces (
    tenant_id VARCHAR(36) NOT NULL PRIMARY KEY,
    started_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    noticed_day INTEGER NOT NULL,
    is_over INTEGER NOT NULL,
    CONSTRAINT graces_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX graces_by_end ON graces (is_over, ends_at);

-- What all accounts of a tenant use together: the limit where the server says quota=shared.
CREATE TABLE tenant_usage (
    tenant_id VARCHAR(36) NOT NULL,
    quota VARCHAR(20) NOT NULL,
    used BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, quota),
    CONSTRAINT tenant_usage_not_negative CHECK (used >= 0),
    CONSTRAINT tenant_usage_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

-- Root accounts that whoever runs the server has switched off: for what, and what operators wrote about it for each
-- other. Sub-accounts that went down with one have suspended_by 'server'.
CREATE TABLE disabled_accounts (
    tenant_id VARCHAR(36) NOT NULL PRIMARY KEY,
    reason VARCHAR(10) NOT NULL,
    note VARCHAR(500) NOT NULL,
    disabled_at BIGINT NOT NULL,
    CONSTRAINT disabled_accounts_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
