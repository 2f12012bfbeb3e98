-- What a project asks for before a registration in its workspaces counts. Until then there is no user: what was typed
-- waits in a table of its own, where nothing that looks for users can meet it.
ALTER TABLE projects ADD COLUMN registration_proof VARCHAR(8) DEFAULT 'none' NOT NULL
    CHECK (registration_proof IN ('none', 'email', 'approval'));

CREATE TABLE workspace_registrations (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    username VARCHAR(20) NOT NULL,
    email VARCHAR(254) NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    proof VARCHAR(8) NOT NULL,
    -- Of the link in the mail, where one was sent: the SHA-256, never the token itself.
    token_hash VARCHAR(64),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT workspace_registrations_proof CHECK (proof IN ('email', 'approval')),
    CONSTRAINT workspace_registrations_email UNIQUE (sub_client_id, email),
    CONSTRAINT workspace_registrations_token UNIQUE (token_hash),
    CONSTRAINT workspace_registrations_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX workspace_registrations_by_workspace ON workspace_registrations (tenant_id, sub_client_id, id);
CREATE INDEX workspace_registrations_by_expiry ON workspace_registrations (expires_at);
/* [jooq ignore start] */
CREATE UNIQUE INDEX workspace_registrations_by_username ON workspace_registrations (sub_client_id, lower(username));
/* [jooq ignore stop] */
