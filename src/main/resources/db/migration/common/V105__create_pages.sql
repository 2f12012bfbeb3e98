CREATE TABLE pages (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    slug VARCHAR(30) NOT NULL,
    name VARCHAR(100) NOT NULL,
    is_default INTEGER NOT NULL,
    link_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- Pages: their order in the account, and whether visitors see them.
    position INTEGER DEFAULT 0 NOT NULL,
    is_published INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pages_in_account UNIQUE (tenant_id, account_id, id),
    CONSTRAINT pages_slug UNIQUE (account_id, slug),
    CONSTRAINT pages_account FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);
-- One default page per account: it is what /{username} shows.
/* [jooq ignore start] */
CREATE UNIQUE INDEX pages_one_default ON pages (account_id) WHERE is_default = 1;
/* [jooq ignore stop] */

CREATE TABLE links (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    page_id VARCHAR(36) NOT NULL,
    title VARCHAR(100) NOT NULL,
    url VARCHAR(2048) NOT NULL,
    position INTEGER NOT NULL,
    active INTEGER NOT NULL,
    clicks BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- Links: what they look like, when they are shown, and what stands before them. Times of a schedule are kept as
    -- they were typed, in their zone, beside the moments that follow from that: rules of zones change.
    group_id VARCHAR(36),
    icon VARCHAR(500) DEFAULT '' NOT NULL,
    thumbnail VARCHAR(2048) DEFAULT '' NOT NULL,
    thumbnail_type VARCHAR(10) DEFAULT '' NOT NULL,
    thumbnail_image VARCHAR(36),
    layout VARCHAR(20) DEFAULT 'classic' NOT NULL,
    animation VARCHAR(10) DEFAULT 'none' NOT NULL,
    is_scheduled INTEGER DEFAULT 0 NOT NULL,
    start_text VARCHAR(40) DEFAULT '' NOT NULL,
    end_text VARCHAR(40) DEFAULT '' NOT NULL,
    zone VARCHAR(60) DEFAULT '' NOT NULL,
    starts_at BIGINT,
    ends_at BIGINT,
    lock_type VARCHAR(10) DEFAULT '' NOT NULL,
    lock_code VARCHAR(100) DEFAULT '' NOT NULL,
    lock_message VARCHAR(500) DEFAULT '' NOT NULL,
    CONSTRAINT links_page FOREIGN KEY (tenant_id, account_id, page_id)
        REFERENCES pages (tenant_id, account_id, id) ON DELETE CASCADE
);
CREATE INDEX links_by_page ON links (tenant_id, account_id, page_id, position, id);

-- The "message us" button of a page: it leads to a healthy number of a pool. The pool belongs to whatsapp, so no key
-- leads there; a pool that is gone has no healthy number.
CREATE TABLE message_buttons (
    page_id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    pool_id VARCHAR(60) NOT NULL,
    label VARCHAR(60) NOT NULL,
    greeting VARCHAR(300) NOT NULL,
    clicks BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT message_buttons_page FOREIGN KEY (tenant_id, account_id, page_id)
        REFERENCES pages (tenant_id, account_id, id) ON DELETE CASCADE
);
CREATE INDEX message_buttons_by_page ON message_buttons (tenant_id, account_id, page_id);

CREATE TABLE link_groups (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    page_id VARCHAR(36) NOT NULL,
    title VARCHAR(100) NOT NULL,
    position INTEGER NOT NULL,
    active INTEGER NOT NULL,
    layout VARCHAR(10) NOT NULL,
    is_collapsed INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT link_groups_page FOREIGN KEY (tenant_id, account_id, page_id)
        REFERENCES pages (tenant_id, account_id, id) ON DELETE CASCADE
);
CREATE INDEX link_groups_by_page ON link_groups (tenant_id, account_id, page_id, position, id);

-- Of an account, on all its pages.
CREATE TABLE social_icons (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    platform VARCHAR(40) NOT NULL,
    url VARCHAR(2048) NOT NULL,
    position INTEGER NOT NULL,
    active INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT social_icons_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX social_icons_by_account ON social_icons (tenant_id, account_id, position, id);

-- What was deleted on pages, as a document, for as long as it can be brought back.
CREATE TABLE deleted_contents (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    name VARCHAR(100) NOT NULL,
    content VARCHAR(500000) NOT NULL,
    deleted_at BIGINT NOT NULL,
    CONSTRAINT deleted_contents_account FOREIGN KEY (tenant_id, account_id)
        REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX deleted_contents_by_account ON deleted_contents (tenant_id, account_id, id);
CREATE INDEX deleted_contents_by_time ON deleted_contents (deleted_at);
