-- Root accounts that whoever runs the server has switched off: for what, and what operators wrote about it for each
-- other. Sub-accounts that went down with one have suspended_by 'server'.
CREATE TABLE disabled_accounts (
    tenant_id VARCHAR(36) NOT NULL PRIMARY KEY,
    reason VARCHAR(10) NOT NULL,
    note VARCHAR(500) NOT NULL,
    disabled_at BIGINT NOT NULL,
    CONSTRAINT disabled_accounts_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

CREATE INDEX accounts_by_tier ON accounts (kind, tier, id);
CREATE INDEX accounts_by_status ON accounts (kind, status, id);
CREATE INDEX accounts_by_creation ON accounts (kind, created_at);

-- Who signed in or tried to, of the people that the server knows; rows live 90 days.
CREATE TABLE sign_ins (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    identity_id VARCHAR(36) NOT NULL,
    happened_at BIGINT NOT NULL,
    network VARCHAR(50) NOT NULL,
    user_agent VARCHAR(300) NOT NULL,
    way VARCHAR(20) NOT NULL,
    outcome VARCHAR(20) NOT NULL,
    CONSTRAINT sign_ins_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);

CREATE INDEX sign_ins_by_identity ON sign_ins (identity_id, id);
CREATE INDEX sign_ins_by_time ON sign_ins (happened_at);
CREATE INDEX identities_by_home ON identities (home_account_id);
