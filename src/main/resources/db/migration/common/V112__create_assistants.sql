-- Who answers in a workspace, and how. No row: the rules that come with Banyan.
CREATE TABLE assistants (
    sub_client_id VARCHAR(40) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    -- Whether it answers contacts on WhatsApp too, until a person does.
    is_for_contacts INTEGER DEFAULT 0 NOT NULL,
    greeting VARCHAR(2000),
    fallback VARCHAR(2000),
    handover_words VARCHAR(1000),
    handover_text VARCHAR(2000),
    time_zone VARCHAR(60) NOT NULL,
    -- JSON: by weekday, from and until; empty: always open.
    office_hours VARCHAR(2000),
    closed_text VARCHAR(2000),
    endpoint VARCHAR(500),
    model VARCHAR(100),
    instructions VARCHAR(8000),
    -- Encrypted with the key of the data folder.
    sealed_key VARCHAR(2000),
    updated_at BIGINT NOT NULL,
    -- In hundredths.
    temperature INTEGER DEFAULT 70 NOT NULL,
    -- Tokens of one answer at most.
    max_tokens INTEGER DEFAULT 800 NOT NULL,
    -- The last characters of the sealed key, so that people know which one it is.
    key_end VARCHAR(4),
    CONSTRAINT assistants_kind CHECK (kind IN ('rules', 'openai')),
    CONSTRAINT assistants_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE assistant_rules (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    position INTEGER NOT NULL,
    words VARCHAR(1000) NOT NULL,
    answer VARCHAR(8000) NOT NULL,
    CONSTRAINT assistant_rules_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX assistant_rules_by_workspace ON assistant_rules (tenant_id, sub_client_id, position, id);

-- Per day, in UTC.
CREATE TABLE assistant_usage (
    sub_client_id VARCHAR(40) NOT NULL,
    day VARCHAR(10) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    answers BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    input_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    -- Answers whose tokens were not told by the server that gave them.
    estimated BIGINT DEFAULT 0 NOT NULL,
    PRIMARY KEY (sub_client_id, day),
    CONSTRAINT assistant_usage_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);
