-- How members of an account sign in at a provider (docs/decisions/0058), as V140 has it for workspaces. Their emails
-- must be of these domains, which the account has proved; they are separated by spaces.
CREATE TABLE account_sso (
    tenant_id VARCHAR(36) NOT NULL PRIMARY KEY,
    kind VARCHAR(4) NOT NULL CHECK (kind IN ('oidc', 'saml')),
    settings TEXT NOT NULL,
    secret VARCHAR(2000),
    email_domains TEXT NOT NULL,
    is_password_on INTEGER NOT NULL,
    emergency_identity_id VARCHAR(36),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT account_sso_account FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

-- Who a person is at the provider of an account.
CREATE TABLE account_sso_links (
    tenant_id VARCHAR(36) NOT NULL,
    issuer VARCHAR(500) NOT NULL,
    subject VARCHAR(255) NOT NULL,
    identity_id VARCHAR(36) NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, issuer, subject),
    CONSTRAINT account_sso_links_account FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT account_sso_links_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);
CREATE INDEX account_sso_links_by_identity ON account_sso_links (identity_id);

-- Sign-ins that are on their way through a provider, or wait for a second factor here.
CREATE TABLE account_sso_attempts (
    state_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    browser_hash VARCHAR(64) NOT NULL,
    secrets TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT account_sso_attempts_account FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX account_sso_attempts_by_account ON account_sso_attempts (tenant_id);
CREATE INDEX account_sso_attempts_by_expiry ON account_sso_attempts (expires_at);

-- Sessions that a provider opened. A session changes its token when a program renews it.
CREATE TABLE account_sso_sessions (
    token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    identity_id VARCHAR(36) NOT NULL,
    issuer VARCHAR(500) NOT NULL,
    subject VARCHAR(255) NOT NULL,
    -- Sealed: the refresh token. Empty: the provider can't be asked.
    renewal TEXT,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT NOT NULL,
    CONSTRAINT account_sso_sessions_session FOREIGN KEY (token_hash)
        REFERENCES sessions (token_hash) ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT account_sso_sessions_account FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT account_sso_sessions_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);
CREATE INDEX account_sso_sessions_by_account ON account_sso_sessions (tenant_id);
CREATE INDEX account_sso_sessions_by_identity ON account_sso_sessions (identity_id);
CREATE INDEX account_sso_sessions_due ON account_sso_sessions (asked_at, token_hash);
