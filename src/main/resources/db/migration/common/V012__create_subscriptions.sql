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

/* [jooq ignore start] */
INSERT INTO tenant_usage (tenant_id, quota, used)
SELECT tenant_id, quota, SUM(used) FROM account_usage WHERE quota IN ('pages', 'links') GROUP BY tenant_id, quota;
/* [jooq ignore stop] */

-- For the operator's figures: how many tenants have sub-accounts, and how many.
CREATE INDEX account_usage_by_quota ON account_usage (quota, used);
