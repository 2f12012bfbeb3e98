-- Meta's business portfolio that a connection's account belongs to; empty: not known, or no connection of the Cloud API.
ALTER TABLE whatsapp_connections ADD COLUMN portfolio_id VARCHAR(60);

-- Whom a business portfolio has written to first, outside the 24 hours after they wrote, and when: they count once in 24
-- hours. Rows older than that are deleted.
CREATE TABLE portfolio_people (
    tenant_id VARCHAR(36) NOT NULL,
    portfolio_id VARCHAR(60) NOT NULL,
    phone VARCHAR(180) NOT NULL,
    reached_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, portfolio_id, phone),
    CONSTRAINT portfolio_people_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX portfolio_people_by_time ON portfolio_people (reached_at);

-- How many there were, for each ten minutes, so that nothing is counted row by row.
CREATE TABLE portfolio_counts (
    tenant_id VARCHAR(36) NOT NULL,
    portfolio_id VARCHAR(60) NOT NULL,
    began_at BIGINT NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, portfolio_id, began_at),
    CONSTRAINT portfolio_counts_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
