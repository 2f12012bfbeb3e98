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
