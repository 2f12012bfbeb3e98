-- Keys of programs that act for a root account. Only the hash of the secret is kept. `permissions` are the words of the
-- LinkToMe contract (3.3) with spaces between them. Who made a key may be gone; the key belongs to the account.
CREATE TABLE api_keys (
    id VARCHAR(8) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    secret_hash VARCHAR(64) NOT NULL,
    permissions VARCHAR(1000) NOT NULL,
    is_active INTEGER NOT NULL,
    disabled_reason VARCHAR(100),
    created_by VARCHAR(36) NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    last_used_ip VARCHAR(45),
    CONSTRAINT api_keys_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
-- The oldest ones stay when a plan holds fewer.
CREATE INDEX api_keys_by_age ON api_keys (tenant_id, created_at, id);

-- How many requests all keys of an account made on a day (UTC), counted in batches.
CREATE TABLE api_key_days (
    tenant_id VARCHAR(36) NOT NULL,
    on_day INTEGER NOT NULL,
    requests BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, on_day),
    CONSTRAINT api_key_days_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX api_key_days_by_day ON api_key_days (on_day);
