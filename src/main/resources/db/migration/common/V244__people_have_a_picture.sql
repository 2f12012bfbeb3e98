-- The name of a person's picture among the files of the server; people without one are shown by their initials.
ALTER TABLE identities ADD COLUMN picture VARCHAR(50);
CREATE UNIQUE INDEX identities_by_picture ON identities (picture);
