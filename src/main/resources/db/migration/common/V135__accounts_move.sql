-- Offers to hand a sub-account over to another agency, or to a person who makes it their own (docs/decisions/0054). Both
-- sides read them, so they have no tenant_id; each store method names the side that asks.
CREATE TABLE account_moves (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    moved_account_id VARCHAR(36) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    state VARCHAR(10) NOT NULL,
    from_account_id VARCHAR(36) NOT NULL,
    -- Of a conversion: the account itself, once it is done.
    to_account_id VARCHAR(36),
    to_email VARCHAR(254),
    token_hash VARCHAR(64),
    offered_by_identity_id VARCHAR(36) NOT NULL,
    offered_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    moved_at BIGINT,
    undo_until_at BIGINT,
    CONSTRAINT account_moves_kind CHECK (kind IN ('transfer', 'conversion')),
    CONSTRAINT account_moves_state CHECK (state IN ('offered', 'moved', 'declined', 'canceled', 'undone')),
    CONSTRAINT account_moves_token UNIQUE (token_hash),
    CONSTRAINT account_moves_account FOREIGN KEY (moved_account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT account_moves_from FOREIGN KEY (from_account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT account_moves_to FOREIGN KEY (to_account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    CONSTRAINT account_moves_by FOREIGN KEY (offered_by_identity_id) REFERENCES identities (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX account_moves_open ON account_moves (moved_account_id) WHERE state = 'offered';
CREATE INDEX account_moves_by_account ON account_moves (moved_account_id);
CREATE INDEX account_moves_from ON account_moves (from_account_id, id);
CREATE INDEX account_moves_to ON account_moves (to_account_id, id);
CREATE INDEX account_moves_by_person ON account_moves (offered_by_identity_id);
