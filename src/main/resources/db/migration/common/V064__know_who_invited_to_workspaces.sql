-- An invitation to a workspace ends with the right of the admin who sent it. Empty: somebody of the project's side did,
-- or it is older than this column.
ALTER TABLE workspace_invitations ADD COLUMN invited_by_user_id INTEGER;

CREATE INDEX workspace_invitations_by_inviter ON workspace_invitations (sub_client_id, invited_by_user_id);
