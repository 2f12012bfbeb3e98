-- Words such as “AT&T” are indexed as one from now on. A job reads the texts that are there already, each kind in the
-- order of its ids, after the last one that it has read.
CREATE TABLE word_index_progress (
    texts VARCHAR(20) NOT NULL PRIMARY KEY,
    last_id VARCHAR(40) NOT NULL
);
-- [jooq ignore start]
-- Where nothing was indexed yet there is nothing to read, and a backup brings rows of its own.
INSERT INTO word_index_progress (texts, last_id) SELECT known.texts, '' FROM (
    SELECT 'accounts' AS texts UNION ALL SELECT 'pages' UNION ALL SELECT 'links' UNION ALL SELECT 'short_links' UNION ALL
    SELECT 'workspaces' UNION ALL SELECT 'contacts' UNION ALL SELECT 'conversations' UNION ALL SELECT 'threads' UNION ALL
    SELECT 'messages') known
WHERE EXISTS (SELECT 1 FROM accounts);
-- [jooq ignore stop]
