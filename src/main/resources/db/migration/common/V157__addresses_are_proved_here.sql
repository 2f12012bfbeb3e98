-- Whether the address of a workspace's user is known to be theirs, and by what: link, invitation, admin or provider
-- (docs/decisions/0074). Identities have email_confirmed_at.
ALTER TABLE sub_client_users ADD COLUMN email_proved_at BIGINT;
ALTER TABLE sub_client_users ADD COLUMN email_proved_by VARCHAR(10);

-- A link that an admin could read proves nothing about the address.
ALTER TABLE workspace_invitations ADD COLUMN is_link_shown INTEGER NOT NULL DEFAULT 1;

-- Whether people who come from the provider may have a password here as well. New settings say no; those that are there
-- keep what they said about passwords.
ALTER TABLE workspace_sso ADD COLUMN is_linked_password_on INTEGER NOT NULL DEFAULT 0;
-- [jooq ignore start]
UPDATE workspace_sso SET is_linked_password_on = is_password_on;
-- [jooq ignore stop]
ALTER TABLE account_sso ADD COLUMN is_linked_password_on INTEGER NOT NULL DEFAULT 0;
-- [jooq ignore start]
UPDATE account_sso SET is_linked_password_on = is_password_on;

-- What the tables show of before: users whom a provider brought, and accepted invitations, unless they changed their
-- profile since.
UPDATE sub_client_users SET email_proved_at = created_at, email_proved_by = 'provider'
WHERE EXISTS (
    SELECT 1 FROM workspace_sso_links AS links
    WHERE links.tenant_id = sub_client_users.tenant_id AND links.sub_client_id = sub_client_users.sub_client_id
        AND links.user_id = sub_client_users.id
        AND links.created_at BETWEEN sub_client_users.created_at AND sub_client_users.created_at + 1000);
UPDATE sub_client_users SET email_proved_at = created_at, email_proved_by = 'invitation'
WHERE email_proved_at IS NULL AND EXISTS (
    SELECT 1 FROM audit_events AS acts
    WHERE acts.tenant_id = sub_client_users.tenant_id AND acts.target = sub_client_users.sub_client_id
        AND acts.action = 'WorkspaceInvitationAccepted'
        AND (acts.details LIKE '%"user":' || sub_client_users.id || ',%'
            OR acts.details LIKE '%"user":' || sub_client_users.id || '}%'));
UPDATE sub_client_users SET email_proved_at = NULL, email_proved_by = NULL
WHERE email_proved_by = 'invitation' AND EXISTS (
    SELECT 1 FROM audit_events AS acts
    WHERE acts.tenant_id = sub_client_users.tenant_id AND acts.target = sub_client_users.sub_client_id
        AND acts.action = 'WorkspaceUserUpdated'
        AND (acts.details LIKE '%"user":' || sub_client_users.id || ',%'
            OR acts.details LIKE '%"user":' || sub_client_users.id || '}%'));
-- [jooq ignore stop]
