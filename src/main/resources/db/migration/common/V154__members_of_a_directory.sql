-- Members of an account may sign in with the names and passwords of its directory, as people of workspaces do.
-- [jooq ignore start]
${on_postgresql}ALTER TABLE account_sso DROP CONSTRAINT account_sso_kind_check;
${on_postgresql}ALTER TABLE account_sso ADD CONSTRAINT account_sso_kind_check CHECK (kind IN ('oidc', 'saml', 'ldap'));
-- SQLite changes no constraints, so the table is made again; no other one refers to it.
${sqlite_begin}
CREATE TABLE account_sso_before AS SELECT * FROM account_sso;
DROP TABLE account_sso;
CREATE TABLE account_sso (
    tenant_id VARCHAR(36) NOT NULL PRIMARY KEY,
    kind VARCHAR(4) NOT NULL CHECK (kind IN ('oidc', 'saml', 'ldap')),
    settings TEXT NOT NULL,
    secret VARCHAR(2000),
    email_domains TEXT NOT NULL,
    is_password_on INTEGER NOT NULL,
    emergency_identity_id VARCHAR(36),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT account_sso_account FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
INSERT INTO account_sso SELECT * FROM account_sso_before;
DROP TABLE account_sso_before;
${sqlite_end}
-- [jooq ignore stop]
