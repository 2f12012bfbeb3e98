-- Keys that the devices of people hold; what the server has of one is public. All that the browser gives as text is
-- base64url.
CREATE TABLE passkeys (
    credential_id VARCHAR(1364) NOT NULL PRIMARY KEY,
    identity_id VARCHAR(36) NOT NULL,
    name VARCHAR(60) NOT NULL,
    public_key VARCHAR(2000) NOT NULL,
    sign_count BIGINT NOT NULL,
    transports VARCHAR(100) NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    CONSTRAINT passkeys_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);

CREATE INDEX passkeys_by_identity ON passkeys (identity_id);

-- Challenges that somebody answered, until they would be too old anyway: none is answered twice.
CREATE TABLE used_challenges (
    challenge_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

CREATE INDEX used_challenges_by_expiry ON used_challenges (expires_at);

-- Whether a passkey is asked for beside the password.
ALTER TABLE second_factors ADD COLUMN passkey_enabled INTEGER NOT NULL DEFAULT 0;
