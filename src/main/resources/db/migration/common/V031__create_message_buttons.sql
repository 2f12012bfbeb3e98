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
    CONSTRAINT message_buttons_page FOREIGN KEY (tenant_id, account_id, page_id) REFERENCES pages (tenant_id, account_id, id) ON DELETE CASCADE
);

CREATE INDEX message_buttons_by_page ON message_buttons (tenant_id, account_id, page_id);
