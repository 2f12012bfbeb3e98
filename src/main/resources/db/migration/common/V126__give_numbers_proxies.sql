-- Proxies that gateways reach WhatsApp through for an account's numbers.
CREATE TABLE proxies (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    host VARCHAR(253) NOT NULL,
    port INTEGER NOT NULL,
    -- Empty: the proxy asks for none.
    user_name VARCHAR(200) NOT NULL,
    sealed_password TEXT,
    -- How many numbers may use it.
    capacity INTEGER NOT NULL,
    -- Otherwise it takes no more numbers.
    is_enabled INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT proxies_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT proxies_name UNIQUE (tenant_id, name),
    CONSTRAINT proxies_kind CHECK (kind IN ('http', 'https', 'socks4', 'socks5')),
    CONSTRAINT proxies_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

-- The one proxy of a number, chosen by a person or from all of the account.
CREATE TABLE sender_proxies (
    tenant_id VARCHAR(36) NOT NULL,
    sender_id VARCHAR(60) NOT NULL,
    proxy_id VARCHAR(36) NOT NULL,
    is_automatic INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, sender_id),
    CONSTRAINT sender_proxies_proxy FOREIGN KEY (tenant_id, proxy_id) REFERENCES proxies (tenant_id, id)
        ON DELETE CASCADE
    -- [jooq ignore start]
    , CONSTRAINT sender_proxies_sender FOREIGN KEY (tenant_id, sender_id) REFERENCES senders (tenant_id, id)
        ON DELETE CASCADE
    -- [jooq ignore stop]
);
CREATE INDEX sender_proxies_by_proxy ON sender_proxies (tenant_id, proxy_id);
