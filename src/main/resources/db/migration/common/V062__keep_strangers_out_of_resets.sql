-- Who has shown once that an e-mail was theirs stays known for it when they change it: a mistyped one takes nobody's
-- second factor away.
ALTER TABLE identities ADD COLUMN earlier_confirmed_at BIGINT;

-- A code that a known device asked for is kept for that device, too (its digest; empty for everywhere): what strangers
-- ask for and try does not touch it. Codes live for an hour; whoever waits for one now asks again.
DROP TABLE password_resets;

CREATE TABLE password_resets (
    email VARCHAR(254) NOT NULL,
    device_hash VARCHAR(64) NOT NULL,
    code_hash VARCHAR(120) NOT NULL,
    tries INTEGER NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (email, device_hash)
);

CREATE INDEX password_resets_by_expiry ON password_resets (expires_at);
