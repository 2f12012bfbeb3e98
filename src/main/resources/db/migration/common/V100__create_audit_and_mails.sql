-- Administrative acts and denied access. `details` may be erased; its digest stays for the chain of a later issue.
CREATE TABLE audit_events (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    occurred_at BIGINT NOT NULL,
    identity_id VARCHAR(36),
    account_id VARCHAR(36),
    action VARCHAR(60) NOT NULL,
    target VARCHAR(200) NOT NULL,
    details_digest VARCHAR(64) NOT NULL,
    details VARCHAR(4000),
    ip VARCHAR(45) NOT NULL
, sequence BIGINT, chain_hash VARCHAR(64), details_salt VARCHAR(43));
CREATE INDEX audit_events_by_tenant ON audit_events (tenant_id, id);
CREATE UNIQUE INDEX audit_events_in_chain ON audit_events (tenant_id, sequence);
CREATE INDEX audit_events_by_account ON audit_events (tenant_id, account_id, id);
/* [jooq ignore start] */
CREATE INDEX audit_events_unsealed ON audit_events (id) WHERE sequence IS NULL;
/* [jooq ignore stop] */

-- The first answer to each Idempotency-Key of each caller; status stays empty while the first request runs.
CREATE TABLE idempotency_keys (
    caller VARCHAR(80) NOT NULL,
    idempotency_key VARCHAR(128) NOT NULL,
    request_digest VARCHAR(64) NOT NULL,
    status INTEGER,
    location VARCHAR(2048),
    body TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (caller, idempotency_key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- Mails wait here, written with the change that causes them, until a job has sent them.
CREATE TABLE mails (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    recipient VARCHAR(254) NOT NULL,
    subject VARCHAR(200) NOT NULL,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT
, state VARCHAR(10) DEFAULT 'waiting' NOT NULL, kind VARCHAR(12) DEFAULT 'other' NOT NULL, last_error VARCHAR(300));
CREATE INDEX mails_by_due ON mails (state, due_at);
CREATE INDEX mails_by_state ON mails (state, id);
CREATE INDEX mails_by_recipient ON mails (recipient, id);
CREATE INDEX mails_by_age ON mails (created_at);

-- The last link of each chain: a row that is cut off the end is missed too.
CREATE TABLE audit_chains (
    tenant_id VARCHAR(36) NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL,
    chain_hash VARCHAR(64) NOT NULL
);

-- Always empty: a row is put in and taken out again to find out whether the database takes writes.
CREATE TABLE write_checks (
    id INTEGER NOT NULL PRIMARY KEY,
    checks BIGINT NOT NULL
);
