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
    CONSTRAINT links_page FOREIGN KEY (tenant_id, account_id, page_id) REFERENCES pages (tenant_id, account_id, id) ON DELETE CASCADE
);

CREATE INDEX links_by_page ON links (tenant_id, account_id, page_id, position, id);
