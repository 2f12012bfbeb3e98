-- How a page looks: one document, checked when it is written; nobody asks for parts of it.
CREATE TABLE appearances (
    page_id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    look VARCHAR(30000) NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT appearances_page FOREIGN KEY (tenant_id, account_id, page_id)
        REFERENCES pages (tenant_id, account_id, id) ON DELETE CASCADE
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
