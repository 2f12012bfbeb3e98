-- How a workspace greets its people, and by what it is found among ten thousand.
ALTER TABLE sub_clients ADD COLUMN welcome_text VARCHAR(500);
-- Six hexadecimal digits behind a hash; empty: the colour that all have.
ALTER TABLE sub_clients ADD COLUMN brand_color VARCHAR(7);
-- One or two characters, or a picture in the data folder; both empty: the initials of the name.
ALTER TABLE sub_clients ADD COLUMN mark_letters VARCHAR(8);
ALTER TABLE sub_clients ADD COLUMN mark_path VARCHAR(300);
-- The name in lower case, without accents: lists are sorted by it.
ALTER TABLE sub_clients ADD COLUMN sort_name VARCHAR(100) DEFAULT '' NOT NULL;
UPDATE sub_clients SET sort_name = lower(name);
ALTER TABLE sub_client_users ADD COLUMN last_sign_in_at BIGINT;

CREATE INDEX sub_clients_by_name ON sub_clients (project_id, sort_name, id);
CREATE INDEX sub_clients_by_users ON sub_clients (project_id, user_count, id);
CREATE INDEX sub_clients_by_state ON sub_clients (project_id, suspended, created_at, id);

-- Every word of a workspace's name, description and pathname; a search finds their beginnings.
CREATE TABLE workspace_words (
    project_id VARCHAR(36) NOT NULL,
    word VARCHAR(40) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (project_id, word, sub_client_id),
    CONSTRAINT workspace_words_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX workspace_words_by_workspace ON workspace_words (tenant_id, sub_client_id);
