-- What an agency knows of its sub-accounts, and where each is in its life.
ALTER TABLE accounts ADD COLUMN category VARCHAR(10) DEFAULT 'client' NOT NULL;
ALTER TABLE accounts ADD COLUMN internal_label VARCHAR(100);
ALTER TABLE accounts ADD COLUMN notes VARCHAR(500);
-- Who hears of it: parent, subaccount or both; empty: as the server's setting says.
ALTER TABLE accounts ADD COLUMN notify VARCHAR(10);
ALTER TABLE accounts ADD COLUMN suspended_at BIGINT;
-- Who suspended it: its agency, or a plan that has no room for it.
ALTER TABLE accounts ADD COLUMN suspended_by VARCHAR(6);
ALTER TABLE accounts ADD COLUMN deleted_at BIGINT;
-- Set while it is read-only: then it is suspended, because the plan has no room for it.
ALTER TABLE accounts ADD COLUMN suspends_at BIGINT;
-- The agency chose it to stay when its plan has not room for all.
ALTER TABLE accounts ADD COLUMN is_kept INTEGER DEFAULT 0 NOT NULL;

CREATE INDEX accounts_by_parent_username ON accounts (parent_id, username);
CREATE INDEX accounts_by_deletion ON accounts (deleted_at);

-- The words by which an account is found, in lower case and without accents. The scope is the parent of a sub-account;
-- root accounts are searched by operators over the whole server, so theirs is the server.
CREATE TABLE account_words (
    scope_id VARCHAR(36) NOT NULL,
    word VARCHAR(30) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (scope_id, word, account_id),
    CONSTRAINT account_words_account FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX account_words_by_account ON account_words (tenant_id, account_id);

/* [jooq ignore start] */
INSERT INTO account_words (scope_id, word, tenant_id, account_id)
SELECT COALESCE(parent_id, '00000000-0000-0000-0000-000000000000'), username, tenant_id, id FROM accounts;
INSERT INTO account_words (scope_id, word, tenant_id, account_id)
SELECT COALESCE(parent_id, '00000000-0000-0000-0000-000000000000'), SUBSTR(LOWER(display_name), 1, 30), tenant_id, id
FROM accounts WHERE SUBSTR(LOWER(display_name), 1, 30) <> username;
/* [jooq ignore stop] */

-- The accounts to which a person switched last: the switcher shows them first.
CREATE TABLE recent_contexts (
    identity_id VARCHAR(36) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (identity_id, account_id),
    CONSTRAINT recent_contexts_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE,
    CONSTRAINT recent_contexts_account FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX recent_contexts_by_account ON recent_contexts (tenant_id, account_id);

-- What is left of a sub-account after its data is erased: sums, without anything that was written in it.
CREATE TABLE erased_accounts (
    account_id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    username VARCHAR(30) NOT NULL,
    clicks BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT NOT NULL,
    erased_at BIGINT NOT NULL,
    CONSTRAINT erased_accounts_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

CREATE INDEX erased_accounts_by_tenant ON erased_accounts (tenant_id, account_id);

-- A person's phone number, shown to nobody else.
ALTER TABLE identities ADD COLUMN phone VARCHAR(20);
