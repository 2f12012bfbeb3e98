-- What was moved into a workspace from elsewhere, by the name it had there: a move that stopped midway goes on.
CREATE TABLE moved_items (
    sub_client_id VARCHAR(40) NOT NULL,
    kind VARCHAR(12) NOT NULL,
    source VARCHAR(300) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    target VARCHAR(60) NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (sub_client_id, kind, source),
    CONSTRAINT moved_items_kind CHECK (kind IN ('user', 'conversation', 'attachment')),
    CONSTRAINT moved_items_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

-- Steps of the guide that were ticked, by hand or by what was done.
CREATE TABLE move_steps (
    project_id VARCHAR(36) NOT NULL,
    step VARCHAR(40) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    done_at BIGINT NOT NULL,
    PRIMARY KEY (project_id, step),
    CONSTRAINT move_steps_project FOREIGN KEY (tenant_id, project_id)
        REFERENCES projects (tenant_id, id) ON DELETE CASCADE
);
