-- Whether a manager also acts on projects, workspaces and their numbers. Owners always do and carry no mark, so who is
-- made a manager does not bring it along.
ALTER TABLE memberships ADD COLUMN workspaces_enabled INTEGER DEFAULT 0 NOT NULL
    CHECK (workspaces_enabled = 0 OR (workspaces_enabled = 1 AND role = 'manager'));
ALTER TABLE membership_invitations ADD COLUMN workspaces_enabled INTEGER DEFAULT 0 NOT NULL
    CHECK (workspaces_enabled = 0 OR (workspaces_enabled = 1 AND role = 'manager'));
