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
