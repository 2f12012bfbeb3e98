-- An account owns pages and projects. A root account has no parent and is the tenant; a sub-account has one.
-- The pair (parent_id, parent_kind) can only point at a root, so no account is both parent and child and no circle
-- can be stored, whatever the code does.
CREATE TABLE accounts (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    kind VARCHAR(4) NOT NULL,
    parent_id VARCHAR(36),
    parent_kind VARCHAR(4),
    username VARCHAR(30) NOT NULL,
    display_name VARCHAR(100) NOT NULL,
    email VARCHAR(254),
    bio VARCHAR(500),
    status VARCHAR(10) NOT NULL,
    tier VARCHAR(10) NOT NULL,
    agency_permission VARCHAR(20),
    created_by VARCHAR(36),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT accounts_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT accounts_of_kind UNIQUE (id, kind),
    CONSTRAINT accounts_status CHECK (status IN ('active', 'suspended', 'deleted')),
    CONSTRAINT accounts_tier CHECK (tier IN ('free', 'pro', 'premium', 'enterprise')),
    CONSTRAINT accounts_shape CHECK (
        (kind = 'root' AND parent_id IS NULL AND parent_kind IS NULL AND tenant_id = id)
        OR (kind = 'sub' AND parent_id = tenant_id AND parent_kind = 'root' AND agency_permission IS NULL)
    ),
    CONSTRAINT accounts_parent FOREIGN KEY (parent_id, parent_kind) REFERENCES accounts (id, kind)
);

CREATE INDEX accounts_by_parent ON accounts (parent_id, id);
CREATE INDEX accounts_by_kind ON accounts (kind, id);

-- Names are unique on the whole server, so they are claimed here and looked up here.
CREATE TABLE usernames (
    name VARCHAR(30) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    CONSTRAINT usernames_account FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX usernames_by_account ON usernames (tenant_id, account_id);
