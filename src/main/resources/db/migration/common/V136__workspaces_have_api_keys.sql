-- Keys for programs that work in one workspace, and are deleted with it. Either a person of the project's side made the
-- key, or an admin of the workspace.
CREATE TABLE workspace_api_keys (
    id VARCHAR(10) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    name VARCHAR(50) NOT NULL,
    secret_hash VARCHAR(64) NOT NULL,
    permissions VARCHAR(100) NOT NULL,
    made_by_identity VARCHAR(36),
    made_by_user INTEGER,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    last_used_ip VARCHAR(45),
    CONSTRAINT workspace_api_keys_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX workspace_api_keys_by_workspace ON workspace_api_keys (tenant_id, sub_client_id, created_at, id);

-- What was done to one thing, such as a workspace, newest first.
CREATE INDEX audit_events_by_target ON audit_events (tenant_id, target, id);
