-- Tables, columns and indexes carry the names of the sub-client seed, so that its SQL runs unchanged on the file.
CREATE TABLE projects (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    description VARCHAR(500),
    sub_clients_enabled INTEGER DEFAULT 0 NOT NULL,
    sub_clients_registration_enabled INTEGER DEFAULT 1 NOT NULL,
    workspace_count BIGINT DEFAULT 0 NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT projects_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT projects_account FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX projects_by_account ON projects (tenant_id, account_id, id);

-- How many workspaces a tenant has, and may have; max_sub_clients empty: as the server's setting says.
CREATE TABLE workspace_limits (
    tenant_id VARCHAR(36) NOT NULL PRIMARY KEY,
    max_sub_clients BIGINT,
    used BIGINT NOT NULL,
    CONSTRAINT workspace_limits_not_negative CHECK (used >= 0),
    CONSTRAINT workspace_limits_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

CREATE TABLE sub_clients (
    id VARCHAR(40) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    project_id VARCHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    description VARCHAR(500),
    whatsapp_client_id VARCHAR(60),
    short_id VARCHAR(5) NOT NULL,
    pathname VARCHAR(50) NOT NULL,
    custom_domain VARCHAR(253),
    registration_enabled INTEGER DEFAULT 1 NOT NULL,
    suspended INTEGER DEFAULT 0 NOT NULL,
    is_default INTEGER DEFAULT 0 NOT NULL,
    user_count BIGINT DEFAULT 0 NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT sub_clients_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT sub_clients_short_id UNIQUE (short_id),
    CONSTRAINT sub_clients_custom_domain UNIQUE (custom_domain),
    CONSTRAINT sub_clients_whatsapp_client UNIQUE (whatsapp_client_id),
    CONSTRAINT sub_clients_project FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE
);

-- The list of a project: newest first, page by page.
CREATE INDEX idx_sub_clients_project_id ON sub_clients (project_id, created_at, id);

-- Addresses that a workspace had before: its page leads on from there.
CREATE TABLE workspace_old_pathnames (
    sub_client_id VARCHAR(40) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    pathname VARCHAR(50) NOT NULL,
    PRIMARY KEY (sub_client_id, pathname),
    CONSTRAINT workspace_old_pathnames_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

-- People who exist inside one workspace only. The database numbers them, as the seed's does.
CREATE TABLE sub_client_users (
    id INTEGER /* [jooq ignore start] */${autonumber}/* [jooq ignore stop] */ NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    username VARCHAR(20) NOT NULL,
    email VARCHAR(254) NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    role VARCHAR(5) NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT sub_client_users_in_workspace UNIQUE (tenant_id, sub_client_id, id),
    CONSTRAINT sub_client_users_email UNIQUE (sub_client_id, email),
    CONSTRAINT sub_client_users_role CHECK (role IN ('admin', 'user')),
    CONSTRAINT sub_client_users_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_sub_client_users_sub_client_id ON sub_client_users (sub_client_id, id);
-- Shown as typed, unique in any case: nobody takes "Amira" beside "amira".
/* [jooq ignore start] */
CREATE UNIQUE INDEX idx_sub_client_users_sub_client_username ON sub_client_users (sub_client_id, lower(username));
/* [jooq ignore stop] */

-- The token itself is never stored, only its SHA-256 in hexadecimal.
CREATE TABLE workspace_sessions (
    token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    user_id INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    renewed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT workspace_sessions_user FOREIGN KEY (tenant_id, sub_client_id, user_id)
        REFERENCES sub_client_users (tenant_id, sub_client_id, id) ON DELETE CASCADE
);

CREATE INDEX workspace_sessions_by_user ON workspace_sessions (tenant_id, sub_client_id, user_id);
CREATE INDEX workspace_sessions_by_expiry ON workspace_sessions (expires_at);
