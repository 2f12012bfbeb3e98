-- Operators who act for an account, with its owners' consent (docs/decisions/0061).
CREATE TABLE support_consents (
    tenant_id VARCHAR(36) NOT NULL PRIMARY KEY,
    given_by_identity_id VARCHAR(36) NOT NULL,
    given_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT support_consents_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

-- Without begun_at it waits for consent. is_forced: begun without consent, where the server allows that.
CREATE TABLE support_accesses (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    operator_identity_id VARCHAR(36) NOT NULL,
    reason VARCHAR(500) NOT NULL,
    is_forced INTEGER NOT NULL,
    asked_at BIGINT NOT NULL,
    begun_at BIGINT,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by VARCHAR(10),
    CONSTRAINT support_accesses_ended_by CHECK (ended_by IN ('time', 'operator', 'owner', 'consent')),
    CONSTRAINT support_accesses_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX support_accesses_by_tenant ON support_accesses (tenant_id, asked_at, id);
CREATE INDEX support_accesses_open ON support_accesses (expires_at) WHERE ended_at IS NULL;

-- What an operator's session acts for; the row says whether it still may.
ALTER TABLE sessions ADD COLUMN support_access_id VARCHAR(36);
CREATE INDEX sessions_by_support ON sessions (support_access_id);
