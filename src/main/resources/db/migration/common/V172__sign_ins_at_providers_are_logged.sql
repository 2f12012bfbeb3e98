-- What became of sign-ins at a provider, for the admins who set it up: of a workspace, or of members of the account if that is
-- empty. Kept for 30 days. Only so many of an hour get a row; the others are counted in the newest row with that outcome.
CREATE TABLE sso_sign_ins (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40),
    outcome VARCHAR(10) NOT NULL CHECK (outcome IN ('in', 'refused', 'failed')),
    facts TEXT NOT NULL,
    unlisted INTEGER NOT NULL,
    happened_at BIGINT NOT NULL,
    CONSTRAINT sso_sign_ins_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT sso_sign_ins_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX sso_sign_ins_log ON sso_sign_ins (tenant_id, sub_client_id, id);
CREATE INDEX sso_sign_ins_old ON sso_sign_ins (happened_at);
