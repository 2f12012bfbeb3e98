-- Words such as “AT&T” are indexed as one from now on. A job reads the texts that are there already, each kind in the
-- order of its ids, after the last one that it has read.
CREATE TABLE word_index_progress (
    texts VARCHAR(20) NOT NULL PRIMARY KEY,
    last_id VARCHAR(40) NOT NULL
);
-- [jooq ignore start]
INSERT INTO word_index_progress (texts, last_id) VALUES
    ('accounts', ''), ('pages', ''), ('links', ''), ('short_links', ''), ('workspaces', ''), ('contacts', ''),
    ('conversations', ''), ('threads', ''), ('messages', '');
-- [jooq ignore stop]
