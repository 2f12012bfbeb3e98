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
