-- An invitation ends with the right of whoever sent it.
ALTER TABLE membership_invitations ADD COLUMN invited_by_identity_id VARCHAR(36)
    REFERENCES identities (id) ON DELETE SET NULL;

-- Of earlier ones it is known where an account has one owner.
UPDATE membership_invitations SET invited_by_identity_id = (
    SELECT MIN(memberships.identity_id) FROM memberships
    WHERE memberships.tenant_id = membership_invitations.tenant_id AND memberships.role = 'owner'
    HAVING COUNT(*) = 1);

CREATE INDEX membership_invitations_by_inviter ON membership_invitations (invited_by_identity_id);
