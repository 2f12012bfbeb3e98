-- A link for somebody who is a user already and chooses a new password: which one. Empty: a new user comes of it.
ALTER TABLE workspace_invitations ADD COLUMN user_id INTEGER;
