-- A person who can log in. An operator may have no home account.
CREATE TABLE identities (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    email VARCHAR(254) NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    home_account_id VARCHAR(36),
    email_confirmed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT identities_email UNIQUE (email),
    CONSTRAINT identities_home FOREIGN KEY (home_account_id) REFERENCES accounts (id)
);

CREATE TABLE operators (
    identity_id VARCHAR(36) NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL,
    CONSTRAINT operators_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);

-- Only root accounts have people: a sub-account has no membership, so there is no password to steal.
CREATE TABLE memberships (
    tenant_id VARCHAR(36) NOT NULL,
    identity_id VARCHAR(36) NOT NULL,
    role VARCHAR(10) NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, identity_id),
    CONSTRAINT memberships_role CHECK (role IN ('owner', 'manager')),
    CONSTRAINT memberships_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT memberships_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);

CREATE INDEX memberships_by_identity ON memberships (identity_id);

-- The token itself is never stored, only its SHA-256 in hexadecimal.
CREATE TABLE sessions (
    token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    identity_id VARCHAR(36) NOT NULL,
    active_account_id VARCHAR(36),
    created_at BIGINT NOT NULL,
    renewed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT sessions_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE,
    CONSTRAINT sessions_account FOREIGN KEY (active_account_id) REFERENCES accounts (id) ON DELETE SET NULL
);

CREATE INDEX sessions_by_identity ON sessions (identity_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_by_account ON sessions (active_account_id);

CREATE TABLE email_confirmations (
    token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    identity_id VARCHAR(36) NOT NULL,
    email VARCHAR(254) NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT email_confirmations_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);

CREATE INDEX email_confirmations_by_identity ON email_confirmations (identity_id);
