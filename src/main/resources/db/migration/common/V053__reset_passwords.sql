-- One code for whoever says that they forgot the password of an e-mail, known here or not: what comes of a try then
-- costs the same for both. Only a keyed digest of the code is stored; a newer one takes its place.
CREATE TABLE password_resets (
    email VARCHAR(254) NOT NULL PRIMARY KEY,
    code_hash VARCHAR(120) NOT NULL,
    tries INTEGER NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX password_resets_by_expiry ON password_resets (expires_at);
