-- Pages: their order in the account, and whether visitors see them.
ALTER TABLE pages ADD COLUMN position INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE pages ADD COLUMN is_published INTEGER DEFAULT 1 NOT NULL;

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
    CONSTRAINT link_groups_page FOREIGN KEY (tenant_id, account_id, page_id) REFERENCES pages (tenant_id, account_id, id) ON DELETE CASCADE
);

CREATE INDEX link_groups_by_page ON link_groups (tenant_id, account_id, page_id, position, id);

-- Links: what they look like, when they are shown, and what stands before them. Times of a schedule are kept as they
-- were typed, in their zone, beside the moments that follow from that: rules of zones change.
ALTER TABLE links ADD COLUMN group_id VARCHAR(36);
ALTER TABLE links ADD COLUMN icon VARCHAR(500) DEFAULT '' NOT NULL;
ALTER TABLE links ADD COLUMN thumbnail VARCHAR(2048) DEFAULT '' NOT NULL;
ALTER TABLE links ADD COLUMN thumbnail_type VARCHAR(10) DEFAULT '' NOT NULL;
ALTER TABLE links ADD COLUMN thumbnail_image VARCHAR(36);
ALTER TABLE links ADD COLUMN layout VARCHAR(20) DEFAULT 'classic' NOT NULL;
ALTER TABLE links ADD COLUMN animation VARCHAR(10) DEFAULT 'none' NOT NULL;
ALTER TABLE links ADD COLUMN is_scheduled INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE links ADD COLUMN start_text VARCHAR(40) DEFAULT '' NOT NULL;
ALTER TABLE links ADD COLUMN end_text VARCHAR(40) DEFAULT '' NOT NULL;
ALTER TABLE links ADD COLUMN zone VARCHAR(60) DEFAULT '' NOT NULL;
ALTER TABLE links ADD COLUMN starts_at BIGINT;
ALTER TABLE links ADD COLUMN ends_at BIGINT;
ALTER TABLE links ADD COLUMN lock_type VARCHAR(10) DEFAULT '' NOT NULL;
ALTER TABLE links ADD COLUMN lock_code VARCHAR(100) DEFAULT '' NOT NULL;
ALTER TABLE links ADD COLUMN lock_message VARCHAR(500) DEFAULT '' NOT NULL;

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
    CONSTRAINT social_icons_account FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX social_icons_by_account ON social_icons (tenant_id, account_id, position, id);

-- How a page looks: one document, checked when it is written; nobody asks for parts of it.
CREATE TABLE appearances (
    page_id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    look VARCHAR(30000) NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT appearances_page FOREIGN KEY (tenant_id, account_id, page_id) REFERENCES pages (tenant_id, account_id, id) ON DELETE CASCADE
);

CREATE INDEX appearances_by_page ON appearances (tenant_id, account_id, page_id);

-- Pictures and videos of pages, served by us; their bytes are files. `source` is the address that was given, where it
-- was one.
CREATE TABLE images (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    source VARCHAR(2048) NOT NULL,
    type VARCHAR(40) NOT NULL,
    size BIGINT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    path VARCHAR(200) NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT images_account FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX images_by_account ON images (tenant_id, account_id, id);

-- What was deleted on pages, as a document, for as long as it can be brought back.
CREATE TABLE deleted_contents (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    name VARCHAR(100) NOT NULL,
    content VARCHAR(500000) NOT NULL,
    deleted_at BIGINT NOT NULL,
    CONSTRAINT deleted_contents_account FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX deleted_contents_by_account ON deleted_contents (tenant_id, account_id, id);
CREATE INDEX deleted_contents_by_time ON deleted_contents (deleted_at);
