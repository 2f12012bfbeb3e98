-- Short links: a slug, unique on the whole server and always in lower case, and where it leads. What only the redirect
-- reads (rules, variants, UTM fields) is one document, checked when it is written.
CREATE TABLE short_links (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    slug VARCHAR(30) NOT NULL,
    target VARCHAR(2048) NOT NULL,
    title VARCHAR(100) NOT NULL,
    tags VARCHAR(400) NOT NULL,
    active INTEGER NOT NULL,
    clicks BIGINT NOT NULL,
    last_clicked_at BIGINT,
    starts_at BIGINT,
    ends_at BIGINT,
    fallback VARCHAR(2048) NOT NULL,
    password_hash VARCHAR(200) NOT NULL,
    click_limit BIGINT,
    routing VARCHAR(60000) NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT short_links_slug UNIQUE (slug),
    CONSTRAINT short_links_owned UNIQUE (tenant_id, account_id, id),
    CONSTRAINT short_links_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);
-- Lists: the most clicked first, and with one state only. The newest first is the order of ids.
CREATE INDEX short_links_by_clicks ON short_links (tenant_id, account_id, clicks, id);
CREATE INDEX short_links_by_state ON short_links (tenant_id, account_id, active, id);
CREATE INDEX short_links_by_end ON short_links (tenant_id, account_id, ends_at, id);

CREATE TABLE short_link_tags (
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    tag VARCHAR(30) NOT NULL,
    short_link_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (tenant_id, account_id, tag, short_link_id),
    CONSTRAINT short_link_tags_link FOREIGN KEY (tenant_id, account_id, short_link_id)
        REFERENCES short_links (tenant_id, account_id, id) ON DELETE CASCADE
);
CREATE INDEX short_link_tags_by_link ON short_link_tags (tenant_id, account_id, short_link_id);

-- The words by which a short link is found: of its slug, its title, and the host that it leads to.
CREATE TABLE short_link_words (
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    word VARCHAR(30) NOT NULL,
    short_link_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (tenant_id, account_id, word, short_link_id),
    CONSTRAINT short_link_words_link FOREIGN KEY (tenant_id, account_id, short_link_id)
        REFERENCES short_links (tenant_id, account_id, id) ON DELETE CASCADE
);
CREATE INDEX short_link_words_by_link ON short_link_words (tenant_id, account_id, short_link_id);

-- PostgreSQL orders text by the rules of a language, so a common index knows nothing of beginnings, and this one does.
-- SQLite finds beginnings in the primary key.
-- [jooq ignore start]
${on_postgresql}CREATE INDEX short_link_words_by_prefix ON short_link_words (tenant_id, account_id, word varchar_pattern_ops, short_link_id);
-- [jooq ignore stop]
