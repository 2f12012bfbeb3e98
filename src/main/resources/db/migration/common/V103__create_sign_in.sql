-- The token itself is never stored, only its SHA-256 in hexadecimal.
CREATE TABLE sessions (
    token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    identity_id VARCHAR(36) NOT NULL,
    active_account_id VARCHAR(36),
    created_at BIGINT NOT NULL,
    renewed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- With what and from where a session was opened; the address is kept without its last part.
    user_agent VARCHAR(300),
    network VARCHAR(50),
    -- A session that acts for an account which is suspended or deleted acts for nothing until it switches again:
    -- requests that name no account are refused, and never land on the agency itself.
    context_ended_at BIGINT,
    -- The account that our own pages open with where a link names none. Programs never use it, and pages never move
    -- theirs.
    page_account_id VARCHAR(36) REFERENCES accounts (id) ON DELETE SET NULL,
    -- When the person last proved who they are, by password or passkey. Sessions end 30 days after their beginning at
    -- the latest, whatever use renewed them.
    proved_at BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT sessions_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE,
    CONSTRAINT sessions_account FOREIGN KEY (active_account_id) REFERENCES accounts (id) ON DELETE SET NULL
);
CREATE INDEX sessions_by_identity ON sessions (identity_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_by_account ON sessions (active_account_id);
CREATE INDEX sessions_by_page_account ON sessions (page_account_id);

CREATE TABLE email_confirmations (
    token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    identity_id VARCHAR(36) NOT NULL,
    email VARCHAR(254) NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT email_confirmations_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);
CREATE INDEX email_confirmations_by_identity ON email_confirmations (identity_id);

-- Who signed in or tried to, of the people that the server knows; rows live 90 days.
CREATE TABLE sign_ins (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    identity_id VARCHAR(36) NOT NULL,
    happened_at BIGINT NOT NULL,
    network VARCHAR(50) NOT NULL,
    user_agent VARCHAR(300) NOT NULL,
    way VARCHAR(20) NOT NULL,
    outcome VARCHAR(20) NOT NULL,
    CONSTRAINT sign_ins_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);
CREATE INDEX sign_ins_by_identity ON sign_ins (identity_id, id);
CREATE INDEX sign_ins_by_time ON sign_ins (happened_at);

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
    -- Whether a passkey is asked for beside the password.
    passkey_enabled INTEGER NOT NULL DEFAULT 0,
    -- When the first of the factors that hold was added: those from before the e-mail was proved go with a reset. Of
    -- those that hold already the last change is known.
    added_at BIGINT,
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

-- Devices that a person has signed in with: the digest of what their cookie holds, or of browser and network.
CREATE TABLE known_devices (
    identity_id VARCHAR(36) NOT NULL,
    device_hash VARCHAR(64) NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (identity_id, device_hash),
    CONSTRAINT known_devices_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);
CREATE INDEX known_devices_by_time ON known_devices (seen_at);

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

CREATE TABLE password_resets (
    email VARCHAR(254) NOT NULL,
    device_hash VARCHAR(64) NOT NULL,
    code_hash VARCHAR(120) NOT NULL,
    tries INTEGER NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (email, device_hash)
);
CREATE INDEX password_resets_by_expiry ON password_resets (expires_at);

-- An e-mail with which somebody wants to sign in from now on, one of each person. It holds once the link that was sent
-- there is opened; until then the old one does, and the new one is free for others. Of the link only the SHA-256 is
-- kept.
CREATE TABLE email_changes (
    identity_id VARCHAR(36) NOT NULL PRIMARY KEY,
    email VARCHAR(254) NOT NULL,
    token_hash VARCHAR(64) NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT email_changes_token UNIQUE (token_hash),
    CONSTRAINT email_changes_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);
CREATE INDEX email_changes_by_expiry ON email_changes (expires_at);

-- Who the demo made in this database, and with which password: it touches nobody else, and no password that a person
-- has changed since. The hash is empty until they are made.
CREATE TABLE sample_people (
    email VARCHAR(254) NOT NULL PRIMARY KEY,
    password_hash VARCHAR(255) NOT NULL
);
