-- One chain per tenant: a sealed row has its place in the chain and a hash over itself and the row before it. Rows are
-- sealed in batches by a job; until then both columns are empty.
ALTER TABLE audit_events ADD COLUMN sequence BIGINT;
ALTER TABLE audit_events ADD COLUMN chain_hash VARCHAR(64);

CREATE UNIQUE INDEX audit_events_in_chain ON audit_events (tenant_id, sequence);
CREATE INDEX audit_events_by_account ON audit_events (tenant_id, account_id, id);
/* [jooq ignore start] */
CREATE INDEX audit_events_unsealed ON audit_events (id) WHERE sequence IS NULL;
/* [jooq ignore stop] */

-- The last link of each chain: a row that is cut off the end is missed too.
CREATE TABLE audit_chains (
    tenant_id VARCHAR(36) NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL,
    chain_hash VARCHAR(64) NOT NULL
);
