-- A WhatsApp number. The pair (master_id, master_role) can only point at a master of the same tenant, so no servant
-- has servants, whatever the code does.
CREATE TABLE senders (
    id VARCHAR(60) NOT NULL PRIMARY KEY,
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
    -- What sets a sender apart from its siblings. Tags stand in one line, each between spaces: ` gold night-shift `. A
    -- pace that is null is its pool's.
    tags VARCHAR(400) DEFAULT '' NOT NULL,
    region VARCHAR(40),
    weight INTEGER DEFAULT 1 NOT NULL,
    priority INTEGER DEFAULT 999 NOT NULL,
    per_minute INTEGER,
    per_day INTEGER,
    is_warming INTEGER,
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
CREATE INDEX senders_by_master ON senders (tenant_id, master_id, created_at, id);
CREATE INDEX senders_by_state ON senders (state, id);

-- What an imported bots-config.json says beside its senders, kept for its mirror: unknown fields, as JSON.
CREATE TABLE sender_config_files (
    tenant_id VARCHAR(36) NOT NULL PRIMARY KEY,
    extra TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT sender_config_files_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

-- What is to be sent over a pool, until its fate is known, and after. `sender_id` is the number that sends it, once one
-- is chosen. The key is the orderer's own name for the message: one that is ordered twice is sent once.
CREATE TABLE outgoing_messages (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    master_id VARCHAR(60) NOT NULL,
    sender_id VARCHAR(60),
    phone VARCHAR(16) NOT NULL,
    body VARCHAR(8000) NOT NULL,
    media_name VARCHAR(200),
    media_type VARCHAR(100),
    media_path VARCHAR(300),
    idempotency_key VARCHAR(128) NOT NULL,
    state VARCHAR(10) NOT NULL,
    attempts INTEGER NOT NULL,
    error VARCHAR(300),
    provider_id VARCHAR(128),
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    state_changed_at BIGINT NOT NULL,
    -- Why this number was chosen, the trace of the decision; and which order of many it belongs to.
    reason VARCHAR(300),
    batch_id VARCHAR(36),
    CONSTRAINT outgoing_messages_key UNIQUE (tenant_id, idempotency_key),
    CONSTRAINT outgoing_messages_state CHECK (state IN ('queued', 'sending', 'sent', 'delivered', 'read', 'failed',
        'uncertain')),
    CONSTRAINT outgoing_messages_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX outgoing_messages_by_master ON outgoing_messages (tenant_id, master_id, id);
CREATE INDEX outgoing_messages_by_provider ON outgoing_messages (sender_id, provider_id);
CREATE INDEX outgoing_messages_by_sender ON outgoing_messages (tenant_id, sender_id, id);
CREATE INDEX outgoing_messages_by_batch ON outgoing_messages (tenant_id, batch_id, id);
-- Histories are read from the newest down: those of a tenant, or of what somebody has to look at. What waits or has
-- gone well is no part of the second, so a message that goes well costs it nothing.
CREATE INDEX outgoing_messages_by_tenant ON outgoing_messages (tenant_id, id);
/* [jooq ignore start] */
CREATE INDEX outgoing_messages_in_trouble ON outgoing_messages (tenant_id, state, id)
    WHERE state = 'failed' OR state = 'uncertain';
/* [jooq ignore stop] */
/* [jooq ignore start] */
CREATE INDEX outgoing_messages_waiting ON outgoing_messages (tenant_id, master_id, due_at, id) WHERE state = 'queued';
/* [jooq ignore stop] */
/* [jooq ignore start] */
CREATE INDEX outgoing_messages_under_way ON outgoing_messages (tenant_id, master_id, phone, id)
    WHERE state IN ('queued', 'sending');
/* [jooq ignore stop] */
/* [jooq ignore start] */
CREATE INDEX outgoing_messages_unanswered ON outgoing_messages (state_changed_at) WHERE state = 'sending';
/* [jooq ignore stop] */
/* [jooq ignore start] */
CREATE INDEX outgoing_messages_uncertain ON outgoing_messages (tenant_id, master_id, id) WHERE state = 'uncertain';
/* [jooq ignore stop] */
-- What one contact has got.
CREATE INDEX outgoing_messages_by_contact ON outgoing_messages (tenant_id, phone, id);

-- What has come in, so that a message that is told twice arrives once.
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
    -- The pool that the number belonged to when the message came in.
    master_id VARCHAR(60) DEFAULT '' NOT NULL,
    CONSTRAINT incoming_messages_provider UNIQUE (sender_id, provider_id),
    CONSTRAINT incoming_messages_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX incoming_messages_by_sender ON incoming_messages (tenant_id, sender_id, id);
CREATE INDEX incoming_messages_by_contact ON incoming_messages (tenant_id, phone, sender_id, id);
CREATE INDEX incoming_messages_by_tenant ON incoming_messages (tenant_id, id);
CREATE INDEX incoming_messages_by_phone ON incoming_messages (tenant_id, phone, id);
CREATE INDEX incoming_messages_by_master ON incoming_messages (tenant_id, master_id, id);

-- How a pool shares its load; a pool without a row does as the defaults of PoolSettings say.
CREATE TABLE pool_settings (
    tenant_id VARCHAR(36) NOT NULL,
    master_id VARCHAR(60) NOT NULL,
    master_role VARCHAR(7) NOT NULL,
    strategy VARCHAR(12) NOT NULL,
    uncertain_policy VARCHAR(6) NOT NULL,
    per_minute INTEGER,
    per_day INTEGER,
    is_warming INTEGER NOT NULL,
    pair_seconds INTEGER,
    pair_burst INTEGER NOT NULL,
    quiet_from INTEGER,
    quiet_until INTEGER,
    zone VARCHAR(60) NOT NULL,
    most_waiting INTEGER NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, master_id),
    CONSTRAINT pool_settings_master_role CHECK (master_role = 'master'),
    CONSTRAINT pool_settings_strategy CHECK (strategy IN ('round-robin', 'weighted', 'least-loaded', 'priority',
        'random-two', 'region')),
    CONSTRAINT pool_settings_policy CHECK (uncertain_policy IN ('ask', 'resend')),
    CONSTRAINT pool_settings_master FOREIGN KEY (tenant_id, master_id, master_role)
        REFERENCES senders (tenant_id, id, role) ON DELETE CASCADE
);

-- Which number of a pool a contact talks with.
CREATE TABLE pool_contacts (
    tenant_id VARCHAR(36) NOT NULL,
    master_id VARCHAR(60) NOT NULL,
    phone VARCHAR(16) NOT NULL,
    sender_id VARCHAR(60) NOT NULL,
    chosen_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, master_id, phone),
    CONSTRAINT pool_contacts_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX pool_contacts_by_sender ON pool_contacts (tenant_id, sender_id);

-- What a sender did in an hour. `waited_ms` is the sum over what was sent, from the order to WhatsApp's answer.
CREATE TABLE sender_hours (
    tenant_id VARCHAR(36) NOT NULL,
    sender_id VARCHAR(60) NOT NULL,
    hour_at BIGINT NOT NULL,
    sent BIGINT NOT NULL,
    delivered BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    received BIGINT NOT NULL,
    waited_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, sender_id, hour_at),
    CONSTRAINT sender_hours_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
-- Old hours are deleted.
CREATE INDEX sender_hours_by_time ON sender_hours (hour_at);

-- What happened to senders and pools, in words for people; old ones are deleted.
CREATE TABLE sender_events (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    master_id VARCHAR(60) NOT NULL,
    sender_id VARCHAR(60) NOT NULL,
    tone VARCHAR(4) NOT NULL,
    title VARCHAR(100) NOT NULL,
    details VARCHAR(300) NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT sender_events_tone CHECK (tone IN ('good', 'info', 'warn', 'bad')),
    CONSTRAINT sender_events_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX sender_events_by_tenant ON sender_events (tenant_id, id);
CREATE INDEX sender_events_by_master ON sender_events (tenant_id, master_id, id);
CREATE INDEX sender_events_by_sender ON sender_events (tenant_id, sender_id, id);
CREATE INDEX sender_events_by_time ON sender_events (created_at);

-- What a driver reported and could not be stored by its own fault is kept as it came, so that nothing that arrived is
-- lost.
CREATE TABLE set_aside_events (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sender_id VARCHAR(60) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    event VARCHAR(20000) NOT NULL,
    error VARCHAR(300) NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT set_aside_events_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX set_aside_events_by_tenant ON set_aside_events (tenant_id, id);
CREATE INDEX set_aside_events_by_time ON set_aside_events (created_at);
