-- The servers that work on this database together. A node that has not been seen for a while is gone.
CREATE TABLE nodes (
    id VARCHAR(36) PRIMARY KEY,
    -- The address that it listens on, for people.
    name VARCHAR(255) NOT NULL,
    -- The beginning of the digest of the key that seals secrets: all nodes need the same.
    key_id VARCHAR(20) NOT NULL,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

-- What only one node may do at a time, and which one does it until when. The fence grows with each new holder.
CREATE TABLE leases (
    name VARCHAR(60) PRIMARY KEY,
    node_id VARCHAR(36) NOT NULL,
    fence BIGINT NOT NULL,
    until_at BIGINT NOT NULL
);

-- The node that hands a message over, or was the last to do so.
ALTER TABLE outgoing_messages ADD COLUMN node_id VARCHAR(36);
