-- What a transfer takes from the agency that a brand leaves, until it can no longer be undone (docs/decisions/0054).
CREATE TABLE account_move_rows (
    move_id VARCHAR(36) NOT NULL,
    number INTEGER NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    table_name VARCHAR(60) NOT NULL,
    -- JSON: the row as it was.
    content TEXT NOT NULL,
    ends_at BIGINT NOT NULL,
    PRIMARY KEY (move_id, number),
    CONSTRAINT account_move_rows_move FOREIGN KEY (move_id) REFERENCES account_moves (id) ON DELETE CASCADE,
    CONSTRAINT account_move_rows_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX account_move_rows_by_tenant ON account_move_rows (tenant_id);
CREATE INDEX account_move_rows_by_end ON account_move_rows (ends_at);
