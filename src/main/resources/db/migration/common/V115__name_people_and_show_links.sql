-- What a person is called. People without an account of their own have no other name; NULL until they give one.
ALTER TABLE identities ADD COLUMN name VARCHAR(100);

-- Whether the link of an invitation was shown to the person who invites. Then opening it proves nothing about the
-- e-mail that it is for.
ALTER TABLE membership_invitations ADD COLUMN is_link_shown INTEGER NOT NULL DEFAULT 0;
