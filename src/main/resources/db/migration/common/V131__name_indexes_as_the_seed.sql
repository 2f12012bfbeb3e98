-- The indexes of workspaces and their users have the names of the sub-client seed, so that its maintenance commands
-- (CREATE INDEX IF NOT EXISTS …) find them instead of making second ones on the same columns.
-- [jooq ignore start]
${on_postgresql}ALTER INDEX sub_clients_short_id RENAME TO idx_sub_clients_short_id;
${on_postgresql}ALTER INDEX sub_clients_custom_domain RENAME TO idx_sub_clients_custom_domain;
${on_postgresql}ALTER INDEX sub_client_users_email RENAME TO idx_sub_client_users_sub_client_email;
-- SQLite names the index of a constraint itself, so there the tables are made anew, with unique indexes in place of
-- the constraints. References to them go by name, and migrations don't enforce them.
${sqlite_begin}
CREATE TABLE sub_clients_before AS SELECT * FROM sub_clients;
DROP TABLE sub_clients;
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
    welcome_text VARCHAR(500),
    brand_color VARCHAR(7),
    mark_letters VARCHAR(8),
    mark_path VARCHAR(300),
    sort_name VARCHAR(100) DEFAULT '' NOT NULL,
    CONSTRAINT sub_clients_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT sub_clients_whatsapp_client UNIQUE (whatsapp_client_id, tenant_id),
    CONSTRAINT sub_clients_project FOREIGN KEY (tenant_id, project_id)
        REFERENCES projects (tenant_id, id) ON DELETE CASCADE
);
INSERT INTO sub_clients SELECT * FROM sub_clients_before;
DROP TABLE sub_clients_before;
CREATE INDEX idx_sub_clients_project_id ON sub_clients (project_id, created_at, id);
CREATE UNIQUE INDEX idx_sub_clients_short_id ON sub_clients (short_id);
CREATE UNIQUE INDEX idx_sub_clients_custom_domain ON sub_clients (custom_domain);
CREATE INDEX sub_clients_by_name ON sub_clients (project_id, sort_name, id);
CREATE INDEX sub_clients_by_users ON sub_clients (project_id, user_count, id);
CREATE INDEX sub_clients_by_state ON sub_clients (project_id, suspended, created_at, id);

-- The numbers of users who were removed are never given again, so the counter is kept.
CREATE TABLE sub_client_users_counter AS SELECT seq FROM sqlite_sequence WHERE name = 'sub_client_users';
CREATE TABLE sub_client_users_before AS SELECT * FROM sub_client_users;
DROP TABLE sub_client_users;
CREATE TABLE sub_client_users (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
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
    CONSTRAINT sub_client_users_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT sub_client_users_role CHECK (role IN ('admin', 'agent', 'user'))
);
INSERT INTO sub_client_users SELECT * FROM sub_client_users_before;
DROP TABLE sub_client_users_before;
DELETE FROM sqlite_sequence WHERE name = 'sub_client_users';
INSERT INTO sqlite_sequence (name, seq) SELECT 'sub_client_users', seq FROM sub_client_users_counter;
DROP TABLE sub_client_users_counter;
CREATE INDEX idx_sub_client_users_sub_client_id ON sub_client_users (sub_client_id, id);
CREATE UNIQUE INDEX idx_sub_client_users_sub_client_username ON sub_client_users (sub_client_id, lower(username));
CREATE UNIQUE INDEX idx_sub_client_users_sub_client_email ON sub_client_users (sub_client_id, email);
${sqlite_end}
CREATE INDEX idx_sub_clients_pathname ON sub_clients (pathname);
-- [jooq ignore stop]
