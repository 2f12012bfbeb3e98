-- Gateways that an account's numbers reach WhatsApp through.
CREATE TABLE whatsapp_connections (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    driver VARCHAR(20) NOT NULL,
    url VARCHAR(300),
    -- Where its webhooks go; null: to this server's own address.
    hook_url VARCHAR(400),
    -- All of its credentials, sealed.
    sealed_credentials TEXT NOT NULL,
    -- What the last check has found.
    version VARCHAR(60),
    engine VARCHAR(40),
    checked_at BIGINT,
    problem VARCHAR(1000),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT whatsapp_connections_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT whatsapp_connections_name UNIQUE (tenant_id, name),
    CONSTRAINT whatsapp_connections_driver CHECK (driver IN ('simulator', 'cloud', 'waha', 'evolution')),
    CONSTRAINT whatsapp_connections_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

-- What a number is called at its gateway: a session, an instance, a phone number id.
ALTER TABLE senders ADD COLUMN connection_id VARCHAR(36);
ALTER TABLE senders ADD COLUMN remote_id VARCHAR(100);
CREATE UNIQUE INDEX senders_by_remote ON senders (connection_id, remote_id);

-- Webhooks that were acknowledged and are not processed yet.
CREATE TABLE gateway_webhooks (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    connection_id VARCHAR(36) NOT NULL,
    -- Equal for repeats of the same webhook.
    repeat_key VARCHAR(100) NOT NULL,
    body TEXT NOT NULL,
    tries INTEGER NOT NULL,
    next_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT gateway_webhooks_repeat UNIQUE (connection_id, repeat_key),
    CONSTRAINT gateway_webhooks_connection FOREIGN KEY (tenant_id, connection_id)
        REFERENCES whatsapp_connections (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX gateway_webhooks_due ON gateway_webhooks (next_at);

-- How a number must address a contact, where that is not the phone number.
CREATE TABLE contact_addresses (
    tenant_id VARCHAR(36) NOT NULL,
    sender_id VARCHAR(60) NOT NULL,
    phone VARCHAR(16) NOT NULL,
    address VARCHAR(150) NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, sender_id, phone),
    CONSTRAINT contact_addresses_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX contact_addresses_by_address ON contact_addresses (tenant_id, sender_id, address);

-- What a message is beside text and file, as JSON; null for most. And the message that it answers.
ALTER TABLE outgoing_messages ADD COLUMN content TEXT;
ALTER TABLE outgoing_messages ADD COLUMN quoted_provider_id VARCHAR(128);
ALTER TABLE outgoing_messages ADD COLUMN is_quoted_ours INTEGER;
ALTER TABLE incoming_messages ADD COLUMN content TEXT;
ALTER TABLE incoming_messages ADD COLUMN quoted_provider_id VARCHAR(128);
ALTER TABLE incoming_messages ADD COLUMN is_quoted_ours INTEGER;
ALTER TABLE incoming_messages ADD COLUMN edited_at BIGINT;
ALTER TABLE incoming_messages ADD COLUMN deleted_at BIGINT;

-- What contacts have reacted with, one for each message.
CREATE TABLE message_reactions (
    tenant_id VARCHAR(36) NOT NULL,
    sender_id VARCHAR(60) NOT NULL,
    provider_id VARCHAR(128) NOT NULL,
    phone VARCHAR(16) NOT NULL,
    emoji VARCHAR(40) NOT NULL,
    reacted_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, sender_id, provider_id, phone),
    CONSTRAINT message_reactions_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
