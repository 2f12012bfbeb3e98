-- How people of a workspace sign in at a provider (docs/decisions/0055). The settings are JSON without secrets; the secret is
-- the client's, or the password of the directory's reader, sealed.
CREATE TABLE workspace_sso (
    sub_client_id VARCHAR(40) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    kind VARCHAR(4) NOT NULL CHECK (kind IN ('oidc', 'ldap')),
    settings TEXT NOT NULL,
    secret VARCHAR(2000),
    is_password_on INTEGER NOT NULL,
    emergency_user_id INTEGER,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT workspace_sso_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

-- Who a user is at the provider: never an email, which may change or be given to another person.
CREATE TABLE workspace_sso_links (
    sub_client_id VARCHAR(40) NOT NULL,
    issuer VARCHAR(500) NOT NULL,
    subject VARCHAR(255) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    user_id INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (sub_client_id, issuer, subject),
    CONSTRAINT workspace_sso_links_user FOREIGN KEY (tenant_id, sub_client_id, user_id)
        REFERENCES sub_client_users (tenant_id, sub_client_id, id) ON DELETE CASCADE
);
CREATE INDEX workspace_sso_links_by_user ON workspace_sso_links (tenant_id, sub_client_id, user_id);

-- Sign-ins that are on their way through a provider. Only digests of the state and of the browser's cookie are stored.
CREATE TABLE workspace_sso_attempts (
    state_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    browser_hash VARCHAR(64) NOT NULL,
    secrets VARCHAR(1000) NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT workspace_sso_attempts_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX workspace_sso_attempts_by_workspace ON workspace_sso_attempts (tenant_id, sub_client_id);
CREATE INDEX workspace_sso_attempts_by_expiry ON workspace_sso_attempts (expires_at);

-- Sessions that a provider opened, with what is needed to ask it again whether the person may still be in.
CREATE TABLE workspace_sso_sessions (
    token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    user_id INTEGER NOT NULL,
    issuer VARCHAR(500) NOT NULL,
    subject VARCHAR(255) NOT NULL,
    -- Sealed: the refresh token, or the name in the directory. Empty: the provider can't be asked.
    renewal TEXT,
    -- Sealed: the ID token, by which the provider knows whom to sign out.
    id_token TEXT,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT NOT NULL,
    CONSTRAINT workspace_sso_sessions_session FOREIGN KEY (token_hash)
        REFERENCES workspace_sessions (token_hash) ON DELETE CASCADE,
    CONSTRAINT workspace_sso_sessions_user FOREIGN KEY (tenant_id, sub_client_id, user_id)
        REFERENCES sub_client_users (tenant_id, sub_client_id, id) ON DELETE CASCADE
);
CREATE INDEX workspace_sso_sessions_by_user ON workspace_sso_sessions (tenant_id, sub_client_id, user_id);
CREATE INDEX workspace_sso_sessions_due ON workspace_sso_sessions (asked_at, token_hash);
