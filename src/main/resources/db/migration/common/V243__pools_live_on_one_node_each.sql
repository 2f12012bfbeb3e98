-- The node that does the live work of a pool: its numbers are connected there, and its queue and watches run there. An
-- account's pools may be on several. What a living node had as an account it has as pools until it is gone.
CREATE TABLE pool_leases (
    tenant_id VARCHAR(36) NOT NULL,
    -- The id of its master.
    pool VARCHAR(60) NOT NULL,
    node_id VARCHAR(36),
    -- How many numbers it has, for an even share.
    numbers INTEGER NOT NULL,
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, pool),
    CONSTRAINT pool_leases_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX pool_leases_node ON pool_leases (node_id);
INSERT INTO pool_leases (tenant_id, pool, node_id, numbers, taken_at)
SELECT senders.tenant_id, senders.id, account_leases.node_id, senders.servant_count + 1, account_leases.taken_at
FROM senders JOIN account_leases ON account_leases.tenant_id = senders.tenant_id
WHERE senders.role = 'master';
DROP TABLE account_leases;

-- Servers of the version before, which would know nothing of these rows, can't give a sign of life any more: five seconds
-- later they count as gone, for themselves too, and only then others take their pools.
ALTER TABLE nodes RENAME COLUMN seen_at TO last_seen_at;

-- When a number got to another pool, until the server that has that pool has made sure that no other one has the number
-- open.
ALTER TABLE senders ADD COLUMN moved_at BIGINT;
CREATE INDEX senders_moved ON senders (tenant_id, moved_at) WHERE moved_at IS NOT NULL;

-- The number that this part of a webhook is about, as its gateway calls it; empty: what is about no number. Without it,
-- a webhook is whole.
ALTER TABLE gateway_webhooks ADD COLUMN remote_id VARCHAR(100);
