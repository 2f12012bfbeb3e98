-- The areas that an account leaves out of its navigation, with spaces between them. Null: what the server's setting
-- says; empty: none.
ALTER TABLE accounts ADD COLUMN hidden_areas VARCHAR(300);

-- The words by which the pages and links of a whole tenant are found: of their names, addresses and hosts.
CREATE TABLE page_words (
    tenant_id VARCHAR(36) NOT NULL,
    word VARCHAR(30) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    page_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (tenant_id, word, account_id, page_id),
    CONSTRAINT page_words_page FOREIGN KEY (tenant_id, account_id, page_id)
        REFERENCES pages (tenant_id, account_id, id) ON DELETE CASCADE
);
CREATE INDEX page_words_by_page ON page_words (tenant_id, page_id, account_id);

CREATE TABLE link_words (
    tenant_id VARCHAR(36) NOT NULL,
    word VARCHAR(30) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    link_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (tenant_id, word, account_id, link_id),
    CONSTRAINT link_words_link FOREIGN KEY (link_id) REFERENCES links (id) ON DELETE CASCADE
);
CREATE INDEX link_words_by_link ON link_words (link_id);

-- The words by which the contacts of all workspaces of a tenant are found: of their names, and their numbers.
CREATE TABLE contact_words (
    tenant_id VARCHAR(36) NOT NULL,
    word VARCHAR(30) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    contact_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (tenant_id, word, sub_client_id, contact_id),
    CONSTRAINT contact_words_contact FOREIGN KEY (tenant_id, sub_client_id, contact_id)
        REFERENCES contacts (tenant_id, sub_client_id, id) ON DELETE CASCADE
);
CREATE INDEX contact_words_by_contact ON contact_words (tenant_id, contact_id, sub_client_id);

-- Short links and workspaces had such words for one account and one project only.
-- [jooq ignore start]
${on_sqlite}CREATE INDEX short_link_words_by_tenant ON short_link_words (tenant_id, word, account_id, short_link_id);
${on_sqlite}CREATE INDEX workspace_words_by_tenant ON workspace_words (tenant_id, word, project_id, sub_client_id);
${on_postgresql}CREATE INDEX short_link_words_by_tenant ON short_link_words (tenant_id, word varchar_pattern_ops, account_id, short_link_id);
${on_postgresql}CREATE INDEX workspace_words_by_tenant ON workspace_words (tenant_id, word varchar_pattern_ops, project_id, sub_client_id);
${on_postgresql}CREATE INDEX page_words_by_prefix ON page_words (tenant_id, word varchar_pattern_ops, account_id, page_id);
${on_postgresql}CREATE INDEX link_words_by_prefix ON link_words (tenant_id, word varchar_pattern_ops, account_id, link_id);
${on_postgresql}CREATE INDEX contact_words_by_prefix ON contact_words (tenant_id, word varchar_pattern_ops, sub_client_id, contact_id);

-- What exists already is found by the plain words of its name. The next change of a row gives it all its words.
${on_sqlite}INSERT OR IGNORE INTO page_words (tenant_id, word, account_id, page_id) WITH RECURSIVE parts (tenant_id, account_id, id, word, rest) AS (SELECT tenant_id, account_id, id, '', lower(replace(name, '-', ' ')) || ' ' || slug || ' ' FROM pages UNION ALL SELECT tenant_id, account_id, id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM parts WHERE rest <> '') SELECT tenant_id, substr(word, 1, 30), account_id, id FROM parts WHERE word <> '';
${on_sqlite}INSERT OR IGNORE INTO link_words (tenant_id, word, account_id, link_id) WITH RECURSIVE parts (tenant_id, account_id, id, word, rest) AS (SELECT tenant_id, account_id, id, '', lower(replace(title, '-', ' ')) || ' ' FROM links UNION ALL SELECT tenant_id, account_id, id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM parts WHERE rest <> '') SELECT tenant_id, substr(word, 1, 30), account_id, id FROM parts WHERE word <> '';
${on_sqlite}INSERT OR IGNORE INTO contact_words (tenant_id, word, sub_client_id, contact_id) WITH RECURSIVE parts (tenant_id, sub_client_id, id, word, rest) AS (SELECT tenant_id, sub_client_id, id, '', lower(replace(name, '-', ' ')) || ' ' || replace(phone, '+', '') || ' ' FROM contacts UNION ALL SELECT tenant_id, sub_client_id, id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM parts WHERE rest <> '') SELECT tenant_id, substr(word, 1, 30), sub_client_id, id FROM parts WHERE word <> '';
${on_postgresql}INSERT INTO page_words (tenant_id, word, account_id, page_id) SELECT DISTINCT tenant_id, left(word, 30), account_id, id FROM pages, regexp_split_to_table(lower(name || ' ' || slug), '[^[:alnum:]]+') AS word WHERE word <> '';
${on_postgresql}INSERT INTO link_words (tenant_id, word, account_id, link_id) SELECT DISTINCT tenant_id, left(word, 30), account_id, id FROM links, regexp_split_to_table(lower(title), '[^[:alnum:]]+') AS word WHERE word <> '';
${on_postgresql}INSERT INTO contact_words (tenant_id, word, sub_client_id, contact_id) SELECT DISTINCT tenant_id, left(word, 30), sub_client_id, id FROM contacts, regexp_split_to_table(lower(name || ' ' || phone), '[^[:alnum:]]+') AS word WHERE word <> '';
-- [jooq ignore stop]
