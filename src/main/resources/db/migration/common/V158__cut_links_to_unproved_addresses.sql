-- People at a provider who were recognized by an address that was never proved here. Their links are cut, their
-- sessions end, and a password doesn't count for them until they have signed in at the provider again, when everything
-- else that lets them in ends (docs/decisions/0074). A job tells admins and owners.
CREATE TABLE workspace_sso_cut_links (
    sub_client_id VARCHAR(40) NOT NULL,
    issuer VARCHAR(500) NOT NULL,
    subject VARCHAR(255) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    user_id INTEGER NOT NULL,
    email VARCHAR(254) NOT NULL,
    linked_at BIGINT NOT NULL,
    cut_at BIGINT NOT NULL,
    told_at BIGINT,
    PRIMARY KEY (sub_client_id, issuer, subject),
    CONSTRAINT workspace_sso_cut_links_user FOREIGN KEY (tenant_id, sub_client_id, user_id)
        REFERENCES sub_client_users (tenant_id, sub_client_id, id) ON DELETE CASCADE
);
CREATE INDEX workspace_sso_cut_links_by_user ON workspace_sso_cut_links (tenant_id, sub_client_id, user_id);

CREATE TABLE account_sso_cut_links (
    tenant_id VARCHAR(36) NOT NULL,
    issuer VARCHAR(500) NOT NULL,
    subject VARCHAR(255) NOT NULL,
    identity_id VARCHAR(36) NOT NULL,
    email VARCHAR(254) NOT NULL,
    linked_at BIGINT NOT NULL,
    cut_at BIGINT NOT NULL,
    told_at BIGINT,
    PRIMARY KEY (tenant_id, issuer, subject),
    CONSTRAINT account_sso_cut_links_account FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT account_sso_cut_links_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);
CREATE INDEX account_sso_cut_links_by_identity ON account_sso_cut_links (identity_id);

-- Since when the provider doesn't say any more that the person may be in; 0 if it said no. Their password, the keys they
-- made and the invitations they sent depend on it.
ALTER TABLE workspace_sso_links ADD COLUMN refused_at BIGINT;
ALTER TABLE account_sso_links ADD COLUMN refused_at BIGINT;

-- [jooq ignore start]
INSERT INTO workspace_sso_cut_links (sub_client_id, issuer, subject, tenant_id, user_id, email, linked_at, cut_at)
SELECT links.sub_client_id, links.issuer, links.subject, links.tenant_id, links.user_id, users.email, links.created_at, 0
FROM workspace_sso_links AS links
JOIN sub_client_users AS users ON users.tenant_id = links.tenant_id AND users.sub_client_id = links.sub_client_id
    AND users.id = links.user_id
WHERE users.email_proved_at IS NULL;

INSERT INTO account_sso_cut_links (tenant_id, issuer, subject, identity_id, email, linked_at, cut_at)
SELECT links.tenant_id, links.issuer, links.subject, links.identity_id, people.email, links.created_at, 0
FROM account_sso_links AS links
JOIN identities AS people ON people.id = links.identity_id
WHERE people.email_confirmed_at IS NULL;

DELETE FROM workspace_sso_sessions WHERE user_id IN (SELECT user_id FROM workspace_sso_cut_links);
DELETE FROM workspace_sessions WHERE user_id IN (SELECT user_id FROM workspace_sso_cut_links);
DELETE FROM workspace_sso_links WHERE EXISTS (
    SELECT 1 FROM workspace_sso_cut_links AS cut
    WHERE cut.sub_client_id = workspace_sso_links.sub_client_id AND cut.user_id = workspace_sso_links.user_id);
DELETE FROM account_sso_sessions WHERE identity_id IN (SELECT identity_id FROM account_sso_cut_links);
DELETE FROM sessions WHERE identity_id IN (SELECT identity_id FROM account_sso_cut_links);
DELETE FROM account_sso_links WHERE EXISTS (
    SELECT 1 FROM account_sso_cut_links AS cut
    WHERE cut.tenant_id = account_sso_links.tenant_id AND cut.identity_id = account_sso_links.identity_id);

${on_sqlite}UPDATE workspace_sso_cut_links SET cut_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
${on_sqlite}UPDATE account_sso_cut_links SET cut_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
${on_postgresql}UPDATE workspace_sso_cut_links SET cut_at = CAST(extract(epoch FROM now()) AS BIGINT) * 1000;
${on_postgresql}UPDATE account_sso_cut_links SET cut_at = CAST(extract(epoch FROM now()) AS BIGINT) * 1000;
-- [jooq ignore stop]
