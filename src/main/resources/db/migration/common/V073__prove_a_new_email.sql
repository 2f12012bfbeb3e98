-- An e-mail with which somebody wants to sign in from now on, one of each person. It holds once the link that was sent
-- there is opened; until then the old one does, and the new one is free for others. Of the link only the SHA-256 is kept.
CREATE TABLE email_changes (
    identity_id VARCHAR(36) NOT NULL PRIMARY KEY,
    email VARCHAR(254) NOT NULL,
    token_hash VARCHAR(64) NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT email_changes_token UNIQUE (token_hash),
    CONSTRAINT email_changes_identity FOREIGN KEY (identity_id) REFERENCES identities (id) ON DELETE CASCADE
);

CREATE INDEX email_changes_by_expiry ON email_changes (expires_at);

-- When the first of the factors that hold was added: those from before the e-mail was proved go with a reset. Of those
-- that hold already the last change is known.
ALTER TABLE second_factors ADD COLUMN added_at BIGINT;

UPDATE second_factors SET added_at = updated_at WHERE totp_enabled = 1 OR email_enabled = 1 OR passkey_enabled = 1;

-- No e-mail holds without proof any more, so nobody is known for an earlier one.
ALTER TABLE identities DROP COLUMN earlier_confirmed_at;
