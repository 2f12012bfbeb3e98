-- Owners work for everything; a manager works for all of an account, or for listed sub-accounts alone.
ALTER TABLE memberships ADD COLUMN scope VARCHAR(6) DEFAULT 'all' NOT NULL CHECK (scope IN ('all', 'listed'));

CREATE TABLE membership_accounts (
    tenant_id VARCHAR(36) NOT NULL,
    identity_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (tenant_id, identity_id, account_id),
    CONSTRAINT membership_accounts_of FOREIGN KEY (tenant_id, identity_id)
        REFERENCES memberships (tenant_id, identity_id) ON DELETE CASCADE,
    CONSTRAINT membership_accounts_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX membership_accounts_by_account ON membership_accounts (tenant_id, account_id);

-- Addressed to an e-mail, whose owner may have no identity yet: the token (its SHA-256) then leads to a registration
-- until it expires. Who has said no stays, until invited again or forgotten.
CREATE TABLE membership_invitations (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    email VARCHAR(254) NOT NULL,
    role VARCHAR(10) NOT NULL,
    scope VARCHAR(6) NOT NULL,
    state VARCHAR(8) NOT NULL,
    token_hash VARCHAR(64) NOT NULL,
    link_expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT membership_invitations_role CHECK (role IN ('owner', 'manager')),
    CONSTRAINT membership_invitations_scope CHECK (scope IN ('all', 'listed')),
    CONSTRAINT membership_invitations_state CHECK (state IN ('pending', 'rejected')),
    CONSTRAINT membership_invitations_once UNIQUE (tenant_id, email),
    CONSTRAINT membership_invitations_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT membership_invitations_token UNIQUE (token_hash),
    CONSTRAINT membership_invitations_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

CREATE INDEX membership_invitations_by_email ON membership_invitations (email);

CREATE TABLE membership_invitation_accounts (
    tenant_id VARCHAR(36) NOT NULL,
    invitation_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (tenant_id, invitation_id, account_id),
    CONSTRAINT membership_invitation_accounts_of FOREIGN KEY (tenant_id, invitation_id)
        REFERENCES membership_invitations (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT membership_invitation_accounts_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX membership_invitation_accounts_by_account ON membership_invitation_accounts (tenant_id, account_id);
