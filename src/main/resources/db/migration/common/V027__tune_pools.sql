-- What sets a sender apart from its siblings. Tags stand in one line, each between spaces: ` gold night-shift `. A pace
-- that is null is its pool's.
ALTER TABLE senders ADD COLUMN tags VARCHAR(400) DEFAULT '' NOT NULL;
ALTER TABLE senders ADD COLUMN region VARCHAR(40);
ALTER TABLE senders ADD COLUMN weight INTEGER DEFAULT 1 NOT NULL;
ALTER TABLE senders ADD COLUMN priority INTEGER DEFAULT 999 NOT NULL;
ALTER TABLE senders ADD COLUMN per_minute INTEGER;
ALTER TABLE senders ADD COLUMN per_day INTEGER;
ALTER TABLE senders ADD COLUMN is_warming INTEGER;

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

-- Why this number was chosen, the trace of the decision; and which order of many it belongs to.
ALTER TABLE outgoing_messages ADD COLUMN reason VARCHAR(300);
ALTER TABLE outgoing_messages ADD COLUMN batch_id VARCHAR(36);

CREATE INDEX outgoing_messages_by_sender ON outgoing_messages (tenant_id, sender_id, id);
CREATE INDEX outgoing_messages_by_batch ON outgoing_messages (tenant_id, batch_id, id);
CREATE INDEX incoming_messages_by_tenant ON incoming_messages (tenant_id, id);
