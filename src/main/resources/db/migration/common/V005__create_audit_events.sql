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
);

CREATE INDEX audit_events_by_tenant ON audit_events (tenant_id, id);
