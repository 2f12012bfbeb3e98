-- What a workspace used, per day (2026-11-20) and per month (2026-11), in UTC: counted as it happens, never afterwards.
CREATE TABLE workspace_usage (
    sub_client_id VARCHAR(40) NOT NULL,
    period VARCHAR(10) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    messages_in BIGINT NOT NULL,
    messages_out BIGINT NOT NULL,
    tokens BIGINT NOT NULL,
    active_users BIGINT NOT NULL,
    -- As last seen in the period; not a sum.
    stored_bytes BIGINT NOT NULL,
    PRIMARY KEY (sub_client_id, period),
    CONSTRAINT workspace_usage_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

-- Who was counted as active in a period already; kept until the period is over.
CREATE TABLE workspace_active_users (
    sub_client_id VARCHAR(40) NOT NULL,
    period VARCHAR(10) NOT NULL,
    user_id INTEGER NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (sub_client_id, period, user_id),
    CONSTRAINT workspace_active_users_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX workspace_active_users_expired ON workspace_active_users (expires_at);

-- What the project allows; empty: no limit.
CREATE TABLE workspace_usage_limits (
    sub_client_id VARCHAR(40) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    messages_in BIGINT,
    messages_out BIGINT,
    tokens BIGINT,
    active_users BIGINT,
    stored_bytes BIGINT,
    CONSTRAINT workspace_usage_limits_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

-- The warnings that were mailed: one for each limit, month and step (80 and 100 percent).
CREATE TABLE workspace_usage_warnings (
    sub_client_id VARCHAR(40) NOT NULL,
    period VARCHAR(10) NOT NULL,
    kind VARCHAR(20) NOT NULL,
    step INTEGER NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (sub_client_id, period, kind, step),
    CONSTRAINT workspace_usage_warnings_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

-- The tokens that were counted before, once and for all.
INSERT INTO workspace_usage (sub_client_id, period, tenant_id, messages_in, messages_out, tokens, active_users, stored_bytes)
    SELECT sub_client_id, day, tenant_id, 0, 0, input_tokens + output_tokens, 0, 0 FROM assistant_usage;
INSERT INTO workspace_usage (sub_client_id, period, tenant_id, messages_in, messages_out, tokens, active_users, stored_bytes)
    SELECT sub_client_id, substr(day, 1, 7), tenant_id, 0, 0, sum(input_tokens + output_tokens), 0, 0
    FROM assistant_usage GROUP BY sub_client_id, substr(day, 1, 7), tenant_id;
