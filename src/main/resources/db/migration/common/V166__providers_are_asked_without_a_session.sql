-- People of a sign-in provider are looked at also without a session (docs/decisions/0087): when the provider last let
-- them in, and when they are looked at next. The second is empty once they are refused.
ALTER TABLE workspace_sso_links ADD COLUMN accepted_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE workspace_sso_links ADD COLUMN due_at BIGINT;
ALTER TABLE account_sso_links ADD COLUMN accepted_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE account_sso_links ADD COLUMN due_at BIGINT;

-- [jooq ignore start]
${on_sqlite}UPDATE workspace_sso_links SET accepted_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
${on_sqlite}UPDATE account_sso_links SET accepted_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
${on_postgresql}UPDATE workspace_sso_links SET accepted_at = CAST(extract(epoch FROM now()) AS BIGINT) * 1000;
${on_postgresql}UPDATE account_sso_links SET accepted_at = CAST(extract(epoch FROM now()) AS BIGINT) * 1000;
UPDATE workspace_sso_links SET due_at = accepted_at WHERE refused_at IS NULL;
UPDATE account_sso_links SET due_at = accepted_at WHERE refused_at IS NULL;
-- [jooq ignore stop]
CREATE INDEX workspace_sso_links_due ON workspace_sso_links (due_at);
CREATE INDEX account_sso_links_due ON account_sso_links (due_at);
