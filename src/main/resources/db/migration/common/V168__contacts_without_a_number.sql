-- People whom WhatsApp lets hide their phone number are known by another address (docs/decisions/0088).
-- [jooq ignore start]
${on_postgresql}ALTER TABLE outgoing_messages ALTER COLUMN phone TYPE VARCHAR(180);
${on_postgresql}ALTER TABLE incoming_messages ALTER COLUMN phone TYPE VARCHAR(180);
${on_postgresql}ALTER TABLE pool_contacts ALTER COLUMN phone TYPE VARCHAR(180);
${on_postgresql}ALTER TABLE contacts ALTER COLUMN phone TYPE VARCHAR(180);
${on_postgresql}ALTER TABLE message_reactions ALTER COLUMN phone TYPE VARCHAR(180);
${on_postgresql}ALTER TABLE opt_outs ALTER COLUMN phone TYPE VARCHAR(180);
${on_postgresql}ALTER TABLE campaign_recipients ALTER COLUMN phone TYPE VARCHAR(180);
${on_postgresql}ALTER TABLE campaign_recipients ALTER COLUMN typed TYPE VARCHAR(180);
-- [jooq ignore stop]

-- Under which address a person is kept who is known by several.
CREATE TABLE contact_aliases (
    tenant_id VARCHAR(36) NOT NULL,
    alias VARCHAR(180) NOT NULL,
    contact VARCHAR(180) NOT NULL,
    learned_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, alias),
    CONSTRAINT contact_aliases_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX contact_aliases_by_contact ON contact_aliases (tenant_id, contact);
