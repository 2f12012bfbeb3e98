-- Networks from which workspace users have signed in, as keyed digests: guesses from elsewhere don't slow these down.
CREATE TABLE workspace_user_networks (
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    user_id INTEGER NOT NULL,
    network_hash VARCHAR(80) NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, sub_client_id, user_id, network_hash),
    CONSTRAINT workspace_user_networks_user FOREIGN KEY (tenant_id, sub_client_id, user_id)
        REFERENCES sub_client_users (tenant_id, sub_client_id, id) ON DELETE CASCADE
);

CREATE INDEX workspace_user_networks_by_time ON workspace_user_networks (seen_at);
