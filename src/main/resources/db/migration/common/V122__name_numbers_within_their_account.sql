-- The ids of numbers are unique within their account instead of on the whole server, so that no account learns from a
-- refusal which ids others have. The same holds for what refers to a number by its id.
-- [jooq ignore start]
DROP INDEX senders_by_state;
${on_postgresql}ALTER TABLE senders DROP CONSTRAINT senders_pkey;
${on_postgresql}ALTER TABLE senders ADD CONSTRAINT senders_pkey PRIMARY KEY (tenant_id, id);
${on_postgresql}CREATE INDEX senders_by_state ON senders (state, tenant_id, id);
${on_postgresql}ALTER TABLE incoming_messages DROP CONSTRAINT incoming_messages_provider;
${on_postgresql}ALTER TABLE incoming_messages ADD CONSTRAINT incoming_messages_provider UNIQUE (tenant_id, sender_id, provider_id);
${on_postgresql}ALTER TABLE sub_clients DROP CONSTRAINT sub_clients_whatsapp_client;
${on_postgresql}ALTER TABLE sub_clients ADD CONSTRAINT sub_clients_whatsapp_client UNIQUE (whatsapp_client_id, tenant_id);
-- SQLite can't change constraints, so there the tables are made anew. References to them go by name, and migrations
-- don't enforce them.
${sqlite_begin}
CREATE TABLE senders_before AS SELECT * FROM senders;
DROP TABLE senders;
CREATE TABLE senders (
    id VARCHAR(60) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    role VARCHAR(7) NOT NULL,
    master_id VARCHAR(60),
    master_role VARCHAR(7),
    master_type VARCHAR(7),
    display_name VARCHAR(100) NOT NULL,
    phone VARCHAR(16),
    purpose VARCHAR(40),
    state VARCHAR(20) NOT NULL,
    driver VARCHAR(20) NOT NULL,
    is_enabled INTEGER NOT NULL,
    device_name VARCHAR(100),
    link_attempts INTEGER NOT NULL,
    last_error VARCHAR(300),
    state_changed_at BIGINT NOT NULL,
    link_started_at BIGINT,
    linked_at BIGINT,
    last_active_at BIGINT,
    servant_count BIGINT NOT NULL,
    extra TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    tags VARCHAR(400) DEFAULT '' NOT NULL,
    region VARCHAR(40),
    weight INTEGER DEFAULT 1 NOT NULL,
    priority INTEGER DEFAULT 999 NOT NULL,
    per_minute INTEGER,
    per_day INTEGER,
    is_warming INTEGER,
    pause VARCHAR(5) CHECK (pause IN ('hold', 'drain')),
    home_master_id VARCHAR(60),
    brand_account_id VARCHAR(36),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT senders_in_tenant UNIQUE (tenant_id, id, role),
    CONSTRAINT senders_phone UNIQUE (tenant_id, phone),
    CONSTRAINT senders_state CHECK (state IN ('pending', 'linking', 'passkey-required', 'linked', 'disconnected',
        'restricted', 'banned', 'unlinked')),
    CONSTRAINT senders_shape CHECK (
        (role = 'master' AND master_id IS NULL AND master_role IS NULL AND master_type IN ('primary', 'backup'))
        OR (role = 'servant' AND master_id IS NOT NULL AND master_role = 'master' AND master_type IS NULL
            AND phone IS NOT NULL AND purpose IS NOT NULL)
    ),
    CONSTRAINT senders_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT senders_master FOREIGN KEY (tenant_id, master_id, master_role) REFERENCES senders (tenant_id, id, role)
);
INSERT INTO senders SELECT * FROM senders_before;
DROP TABLE senders_before;
CREATE INDEX senders_by_master ON senders (tenant_id, master_id, created_at, id);
CREATE INDEX senders_by_state ON senders (state, tenant_id, id);
CREATE INDEX senders_in_need ON senders (tenant_id, state, id)
    WHERE state IN ('passkey-required', 'disconnected', 'restricted', 'banned', 'unlinked');
CREATE INDEX senders_away_from_home ON senders (tenant_id, home_master_id) WHERE home_master_id IS NOT NULL;

CREATE TABLE incoming_messages_before AS SELECT * FROM incoming_messages;
DROP TABLE incoming_messages;
CREATE TABLE incoming_messages (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sender_id VARCHAR(60) NOT NULL,
    provider_id VARCHAR(128) NOT NULL,
    phone VARCHAR(16) NOT NULL,
    name VARCHAR(100) NOT NULL,
    body VARCHAR(8000) NOT NULL,
    media_name VARCHAR(200),
    media_type VARCHAR(100),
    media_path VARCHAR(300),
    created_at BIGINT NOT NULL,
    master_id VARCHAR(60) DEFAULT '' NOT NULL,
    CONSTRAINT incoming_messages_provider UNIQUE (tenant_id, sender_id, provider_id),
    CONSTRAINT incoming_messages_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
INSERT INTO incoming_messages SELECT * FROM incoming_messages_before;
DROP TABLE incoming_messages_before;
CREATE INDEX incoming_messages_by_sender ON incoming_messages (tenant_id, sender_id, id);
CREATE INDEX incoming_messages_by_contact ON incoming_messages (tenant_id, phone, sender_id, id);
CREATE INDEX incoming_messages_by_tenant ON incoming_messages (tenant_id, id);
CREATE INDEX incoming_messages_by_phone ON incoming_messages (tenant_id, phone, id);
CREATE INDEX incoming_messages_by_master ON incoming_messages (tenant_id, master_id, id);

CREATE TABLE sub_clients_before AS SELECT * FROM sub_clients;
DROP TABLE sub_clients;
CREATE TABLE sub_clients (
    id VARCHAR(40) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    project_id VARCHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    description VARCHAR(500),
    whatsapp_client_id VARCHAR(60),
    short_id VARCHAR(5) NOT NULL,
    pathname VARCHAR(50) NOT NULL,
    custom_domain VARCHAR(253),
    registration_enabled INTEGER DEFAULT 1 NOT NULL,
    suspended INTEGER DEFAULT 0 NOT NULL,
    is_default INTEGER DEFAULT 0 NOT NULL,
    user_count BIGINT DEFAULT 0 NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    welcome_text VARCHAR(500),
    brand_color VARCHAR(7),
    mark_letters VARCHAR(8),
    mark_path VARCHAR(300),
    sort_name VARCHAR(100) DEFAULT '' NOT NULL,
    CONSTRAINT sub_clients_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT sub_clients_short_id UNIQUE (short_id),
    CONSTRAINT sub_clients_custom_domain UNIQUE (custom_domain),
    CONSTRAINT sub_clients_whatsapp_client UNIQUE (whatsapp_client_id, tenant_id),
    CONSTRAINT sub_clients_project FOREIGN KEY (tenant_id, project_id)
        REFERENCES projects (tenant_id, id) ON DELETE CASCADE
);
INSERT INTO sub_clients SELECT * FROM sub_clients_before;
DROP TABLE sub_clients_before;
CREATE INDEX idx_sub_clients_project_id ON sub_clients (project_id, created_at, id);
CREATE INDEX sub_clients_by_name ON sub_clients (project_id, sort_name, id);
CREATE INDEX sub_clients_by_users ON sub_clients (project_id, user_count, id);
CREATE INDEX sub_clients_by_state ON sub_clients (project_id, suspended, created_at, id);
${sqlite_end}
-- [jooq ignore stop]
