-- The mail server and the sender of a workspace. No row: the server's own.
CREATE TABLE workspace_mail_servers (
    sub_client_id VARCHAR(40) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    host VARCHAR(253) NOT NULL,
    port INTEGER NOT NULL,
    security VARCHAR(10) NOT NULL,
    user_name VARCHAR(254) NOT NULL,
    -- Encrypted with the key of the data folder.
    sealed_password VARCHAR(2000),
    from_address VARCHAR(254) NOT NULL,
    from_name VARCHAR(100) NOT NULL,
    -- Failed mails since the last one that went through.
    failures INTEGER DEFAULT 0 NOT NULL,
    last_error VARCHAR(300),
    failed_at BIGINT,
    updated_at BIGINT NOT NULL,
    CONSTRAINT workspace_mail_servers_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

-- The workspace that a mail comes from, which decides through which server it goes and how it looks.
ALTER TABLE mails ADD COLUMN sub_client_id VARCHAR(40);
