-- The node that does the live work of an account: its numbers are connected there, and their queues and watches run
-- there. The node holds it as long as it is seen (`nodes`). Without a node, the next one that looks takes it.
CREATE TABLE account_leases (
    tenant_id VARCHAR(36) PRIMARY KEY,
    node_id VARCHAR(36),
    taken_at BIGINT NOT NULL,
    CONSTRAINT account_leases_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX account_leases_node ON account_leases (node_id);
