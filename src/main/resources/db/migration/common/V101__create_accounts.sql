-- An account owns pages and projects. A root account has no parent and is the tenant; a sub-account has one.
-- The pair (parent_id, parent_kind) can only point at a root, so no account is both parent and child and no circle
-- can be stored, whatever the code does.
CREATE TABLE accounts (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    kind VARCHAR(4) NOT NULL,
    parent_id VARCHAR(36),
    parent_kind VARCHAR(4),
    username VARCHAR(30) NOT NULL,
    display_name VARCHAR(100) NOT NULL,
    email VARCHAR(254),
    bio VARCHAR(500),
    status VARCHAR(10) NOT NULL,
    tier VARCHAR(10) NOT NULL,
    agency_permission VARCHAR(20),
    created_by VARCHAR(36),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- What an agency knows of its sub-accounts, and where each is in its life.
    category VARCHAR(10) DEFAULT 'client' NOT NULL,
    internal_label VARCHAR(100),
    notes VARCHAR(500),
    -- Who hears of it: parent, subaccount or both; empty: as the server's setting says.
    notify VARCHAR(10),
    suspended_at BIGINT,
    -- Who suspended it: its agency, or a plan that has no room for it.
    suspended_by VARCHAR(6),
    deleted_at BIGINT,
    -- Set while it is read-only: then it is suspended, because the plan has no room for it.
    suspends_at BIGINT,
    -- The agency chose it to stay when its plan has not room for all.
    is_kept INTEGER DEFAULT 0 NOT NULL,
    -- Whether visitors read on a sub-account's pages which agency manages it: only where the agency wished so.
    is_manager_shown INTEGER DEFAULT 0 NOT NULL,
    -- Whether everyone who works for a root account must have two-step verification or a passkey.
    is_second_factor_required INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT accounts_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT accounts_of_kind UNIQUE (id, kind),
    CONSTRAINT accounts_status CHECK (status IN ('active', 'suspended', 'deleted')),
    CONSTRAINT accounts_tier CHECK (tier IN ('free', 'pro', 'premium', 'enterprise')),
    CONSTRAINT accounts_shape CHECK (
        (kind = 'root' AND parent_id IS NULL AND parent_kind IS NULL AND tenant_id = id)
        OR (kind = 'sub' AND parent_id = tenant_id AND parent_kind = 'root' AND agency_permission IS NULL)
    ),
    CONSTRAINT accounts_parent FOREIGN KEY (parent_id, parent_kind) REFERENCES accounts (id, kind)
);
CREATE INDEX accounts_by_parent ON accounts (parent_id, id);
CREATE INDEX accounts_by_kind ON accounts (kind, id);
CREATE INDEX accounts_by_parent_username ON accounts (parent_id, username);
CREATE INDEX accounts_by_deletion ON accounts (deleted_at);
CREATE INDEX accounts_by_tier ON accounts (kind, tier, id);
CREATE INDEX accounts_by_status ON accounts (kind, status, id);
CREATE INDEX accounts_by_creation ON accounts (kind, created_at);

-- Names are unique on the whole server, so they are claimed here and looked up here.
CREATE TABLE usernames (
    name VARCHAR(30) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    CONSTRAINT usernames_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX usernames_by_account ON usernames (tenant_id, account_id);

-- A person who can log in. An operator may have no home account.
CREATE TABLE identities (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    email VARCHAR(254) NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    home_account_id VARCHAR(36),
    email_confirmed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- A person's phone number, shown to nobody else.
    phone VARCHAR(20),
    -- Whether a person hears by mail of a sign-in from a new device.
    device_mails_enabled INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT identities_email UNIQUE (email),
    CONSTRAINT identities_home FOREIGN KEY (home_account_id) REFERENCES accounts (id)
);
CREATE INDEX identities_by_home ON identities (home_account_id);

CREATE TABLE operators (
    identity_id VARCHAR(36) NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL,
    CONSTRAINT operators_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);

-- Only root accounts have people: a sub-account has no membership, so there is no password to steal.
CREATE TABLE memberships (
    tenant_id VARCHAR(36) NOT NULL,
    identity_id VARCHAR(36) NOT NULL,
    role VARCHAR(10) NOT NULL,
    created_at BIGINT NOT NULL,
    -- Owners work for everything; a manager works for all of an account, or for listed sub-accounts alone.
    scope VARCHAR(6) DEFAULT 'all' NOT NULL CHECK (scope IN ('all', 'listed')),
    -- Whether a manager also acts on projects, workspaces and their numbers. Owners always do and carry no mark, so who
    -- is made a manager does not bring it along.
    workspaces_enabled INTEGER DEFAULT 0 NOT NULL
    CHECK (workspaces_enabled = 0 OR (workspaces_enabled = 1 AND role = 'manager')),
    PRIMARY KEY (tenant_id, identity_id),
    CONSTRAINT memberships_role CHECK (role IN ('owner', 'manager')),
    CONSTRAINT memberships_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT memberships_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);
CREATE INDEX memberships_by_identity ON memberships (identity_id);

-- The words by which an account is found, in lower case and without accents. The scope is the parent of a sub-account;
-- root accounts are searched by operators over the whole server, so theirs is the server.
CREATE TABLE account_words (
    scope_id VARCHAR(36) NOT NULL,
    word VARCHAR(30) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (scope_id, word, account_id),
    CONSTRAINT account_words_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX account_words_by_account ON account_words (tenant_id, account_id);

-- The accounts to which a person switched last: the switcher shows them first.
CREATE TABLE recent_contexts (
    identity_id VARCHAR(36) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (identity_id, account_id),
    CONSTRAINT recent_contexts_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE,
    CONSTRAINT recent_contexts_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX recent_contexts_by_account ON recent_contexts (tenant_id, account_id);

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
    -- An invitation ends with the right of whoever sent it.
    invited_by_identity_id VARCHAR(36)
    REFERENCES identities (id) ON DELETE SET NULL,
    workspaces_enabled INTEGER DEFAULT 0 NOT NULL
    CHECK (workspaces_enabled = 0 OR (workspaces_enabled = 1 AND role = 'manager')),
    CONSTRAINT membership_invitations_role CHECK (role IN ('owner', 'manager')),
    CONSTRAINT membership_invitations_scope CHECK (scope IN ('all', 'listed')),
    CONSTRAINT membership_invitations_state CHECK (state IN ('pending', 'rejected')),
    CONSTRAINT membership_invitations_once UNIQUE (tenant_id, email),
    CONSTRAINT membership_invitations_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT membership_invitations_token UNIQUE (token_hash),
    CONSTRAINT membership_invitations_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX membership_invitations_by_email ON membership_invitations (email);
CREATE INDEX membership_invitations_by_inviter ON membership_invitations (invited_by_identity_id);

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

-- PostgreSQL orders text by the rules of a language, so a common index knows nothing of beginnings, and this one does.
-- SQLite finds beginnings in the primary key.
-- [jooq ignore start]
${on_postgresql}CREATE INDEX account_words_by_prefix ON account_words (scope_id, word varchar_pattern_ops, account_id);
-- [jooq ignore stop]
