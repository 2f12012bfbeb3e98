-- Entries between the links of a page: a heading or a text. They lie among the links, because they are ordered, grouped,
-- hidden, deleted and limited with them.
ALTER TABLE links ADD COLUMN kind VARCHAR(10) DEFAULT 'link' NOT NULL;
ALTER TABLE links ADD COLUMN body VARCHAR(500) DEFAULT '' NOT NULL;
