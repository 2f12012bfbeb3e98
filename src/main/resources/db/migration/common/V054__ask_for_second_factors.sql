-- How a person proves a second time who they are. What is being set up waits beside what holds, until a code proves it.
CREATE TABLE second_factors (
    identity_id VARCHAR(36) NOT NULL PRIMARY KEY,
    totp_enabled INTEGER NOT NULL,
    email_enabled INTEGER NOT NULL,
    totp_secret VARCHAR(255),
    -- The newest time step of which a code was accepted: none is accepted twice.
    totp_step BIGINT NOT NULL,
    waiting_secret VARCHAR(255),
    waiting_code_hash VARCHAR(120),
    waiting_expires_at BIGINT,
    updated_at BIGINT NOT NULL,
    CONSTRAINT second_factors_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);

-- Codes for when the phone is lost, one use each: a used one is gone.
CREATE TABLE backup_codes (
    identity_id VARCHAR(36) NOT NULL,
    code_hash VARCHAR(120) NOT NULL,
    is_waiting INTEGER NOT NULL,
    PRIMARY KEY (identity_id, code_hash),
    CONSTRAINT backup_codes_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);

-- Sign-ins whose password was right and whose second factor is awaited. The id itself is never stored.
CREATE TABLE awaited_factors (
    id_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    identity_id VARCHAR(36) NOT NULL,
    tries INTEGER NOT NULL,
    code_hash VARCHAR(120),
    code_sent_at BIGINT,
    expires_at BIGINT NOT NULL,
    CONSTRAINT awaited_factors_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);

CREATE INDEX awaited_factors_by_identity ON awaited_factors (identity_id);
CREATE INDEX awaited_factors_by_expiry ON awaited_factors (expires_at);
