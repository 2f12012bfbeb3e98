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
    -- A project whose account is suspended or deleted: its workspaces behave as suspended, and come back with the
    -- account (docs/decisions/0015).
    is_account_suspended INTEGER DEFAULT 0 NOT NULL,
    -- What a project asks for before a registration in its workspaces counts. Until then there is no user: what was
    -- typed waits in a table of its own, where nothing that looks for users can meet it.
    registration_proof VARCHAR(8) DEFAULT 'none' NOT NULL
    CHECK (registration_proof IN ('none', 'email', 'approval')),
    CONSTRAINT projects_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT projects_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
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
    -- How a workspace greets its people, and by what it is found among ten thousand.
    welcome_text VARCHAR(500),
    -- Six hexadecimal digits behind a hash; empty: the colour that all have.
    brand_color VARCHAR(7),
    -- One or two characters, or a picture in the data folder; both empty: the initials of the name.
    mark_letters VARCHAR(8),
    mark_path VARCHAR(300),
    -- The name in lower case, without accents: lists are sorted by it.
    sort_name VARCHAR(100) DEFAULT '' NOT NULL,
    CONSTRAINT sub_clients_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT sub_clients_short_id UNIQUE (short_id),
    CONSTRAINT sub_clients_custom_domain UNIQUE (custom_domain),
    CONSTRAINT sub_clients_whatsapp_client UNIQUE (whatsapp_client_id),
    CONSTRAINT sub_clients_project FOREIGN KEY (tenant_id, project_id)
        REFERENCES projects (tenant_id, id) ON DELETE CASCADE
);
-- The list of a project: newest first, page by page.
CREATE INDEX idx_sub_clients_project_id ON sub_clients (project_id, created_at, id);
CREATE INDEX sub_clients_by_name ON sub_clients (project_id, sort_name, id);
CREATE INDEX sub_clients_by_users ON sub_clients (project_id, user_count, id);
CREATE INDEX sub_clients_by_state ON sub_clients (project_id, suspended, created_at, id);

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
    last_sign_in_at BIGINT,
    CONSTRAINT sub_client_users_in_workspace UNIQUE (tenant_id, sub_client_id, id),
    CONSTRAINT sub_client_users_email UNIQUE (sub_client_id, email),
    CONSTRAINT sub_client_users_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT sub_client_users_role CHECK (role IN ('admin', 'agent', 'user'))
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

-- Every word of a workspace's name, description and pathname; a search finds their beginnings.
CREATE TABLE workspace_words (
    project_id VARCHAR(36) NOT NULL,
    word VARCHAR(40) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (project_id, word, sub_client_id),
    CONSTRAINT workspace_words_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX workspace_words_by_workspace ON workspace_words (tenant_id, sub_client_id);

-- How much a workspace keeps.
CREATE TABLE workspace_storage (
    sub_client_id VARCHAR(40) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    files BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    CONSTRAINT workspace_storage_not_negative CHECK (files >= 0 AND bytes >= 0),
    CONSTRAINT workspace_storage_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

-- Somebody may become a user of a workspace by choosing a password. Only the SHA-256 of the token is kept.
CREATE TABLE workspace_invitations (
    token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    username VARCHAR(20) NOT NULL,
    email VARCHAR(254) NOT NULL,
    role VARCHAR(5) NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- The user who chooses a new password with this link. Empty for a link that invites a new user.
    user_id INTEGER,
    -- The admin who sent it: the invitation ends with their right. Empty if it was sent from the project's side.
    invited_by_user_id INTEGER,
    CONSTRAINT workspace_invitations_email UNIQUE (sub_client_id, email),
    CONSTRAINT workspace_invitations_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX workspace_invitations_by_inviter ON workspace_invitations (sub_client_id, invited_by_user_id);

CREATE TABLE workspace_registrations (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    username VARCHAR(20) NOT NULL,
    email VARCHAR(254) NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    proof VARCHAR(8) NOT NULL,
    -- Of the link in the mail, where one was sent: the SHA-256, never the token itself.
    token_hash VARCHAR(64),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT workspace_registrations_proof CHECK (proof IN ('email', 'approval')),
    CONSTRAINT workspace_registrations_email UNIQUE (sub_client_id, email),
    CONSTRAINT workspace_registrations_token UNIQUE (token_hash),
    CONSTRAINT workspace_registrations_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX workspace_registrations_by_workspace ON workspace_registrations (tenant_id, sub_client_id, id);
CREATE INDEX workspace_registrations_by_expiry ON workspace_registrations (expires_at);
/* [jooq ignore start] */
CREATE UNIQUE INDEX workspace_registrations_by_username ON workspace_registrations (sub_client_id, lower(username));
/* [jooq ignore stop] */

-- Networks from which workspace users have signed in, as keyed digests: guesses from elsewhere don't slow these down.
CREATE TABLE workspace_user_networks (
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    user_id INTEGER NOT NULL,
    network_hash VARCHAR(80) NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, sub_client_id, user_id, network_hash),
    CONSTRAINT workspace_user_networks_user FOREIGN KEY (tenant_id, sub_client_id, user_id)
        REFERENCES sub_client_users (tenant_id, sub_client_id, id) ON DELETE CASCADE
);
CREATE INDEX workspace_user_networks_by_time ON workspace_user_networks (seen_at);

-- PostgreSQL orders text by the rules of a language, so a common index knows nothing of beginnings, and this one does.
-- SQLite finds beginnings in the primary key.
-- [jooq ignore start]
${on_postgresql}CREATE INDEX workspace_words_by_prefix ON workspace_words (project_id, word varchar_pattern_ops, sub_client_id);
-- [jooq ignore stop]
