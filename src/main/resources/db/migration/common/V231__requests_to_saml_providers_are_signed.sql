-- The key that signs requests to SAML providers. One for each key of the data folder, which seals it: with a lost one found
-- again, the former counts again.
CREATE TABLE saml_keys (
    key_id VARCHAR(8) NOT NULL PRIMARY KEY,
    sealed_key VARCHAR(4000) NOT NULL,
    -- Public: our metadata hold it.
    certificate VARCHAR(4000) NOT NULL,
    created_at BIGINT NOT NULL
);
