-- SAML is a kind of provider, and what it has proved is kept in the attempt, which may be long (docs/decisions/0057).
-- [jooq ignore start]
${on_postgresql}ALTER TABLE workspace_sso DROP CONSTRAINT workspace_sso_kind_check;
${on_postgresql}ALTER TABLE workspace_sso ADD CONSTRAINT workspace_sso_kind_check CHECK (kind IN ('oidc', 'saml', 'ldap'));
${on_postgresql}ALTER TABLE workspace_sso_attempts ALTER COLUMN secrets TYPE TEXT;
-- SQLite changes no constraints, so the table is made anew; no other refers to it. It bounds no texts.
${sqlite_begin}
CREATE TABLE workspace_sso_before AS SELECT * FROM workspace_sso;
DROP TABLE workspace_sso;
CREATE TABLE workspace_sso (
    sub_client_id VARCHAR(40) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    kind VARCHAR(4) NOT NULL CHECK (kind IN ('oidc', 'saml', 'ldap')),
    settings TEXT NOT NULL,
    secret VARCHAR(2000),
    is_password_on INTEGER NOT NULL,
    emergency_user_id INTEGER,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT workspace_sso_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);
INSERT INTO workspace_sso SELECT * FROM workspace_sso_before;
DROP TABLE workspace_sso_before;
${sqlite_end}
-- [jooq ignore stop]
