-- People outside, whom a workspace knows by their phone numbers.
CREATE TABLE contacts (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    phone VARCHAR(16) NOT NULL,
    name VARCHAR(100) NOT NULL,
    about VARCHAR(1000),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT contacts_in_workspace UNIQUE (tenant_id, sub_client_id, id),
    CONSTRAINT contacts_phone UNIQUE (sub_client_id, phone),
    CONSTRAINT contacts_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

-- A conversation that stands in the shared inbox: one with a contact, or one that the assistant handed over. Who it is
-- given to is a user of the workspace, or was one.
CREATE TABLE inbox_threads (
    conversation_id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    channel VARCHAR(10) NOT NULL,
    contact_id VARCHAR(36),
    assignee_id INTEGER,
    state VARCHAR(6) NOT NULL,
    unread_count BIGINT NOT NULL,
    is_person_wanted INTEGER DEFAULT 0 NOT NULL,
    sender_id VARCHAR(60),
    last_text VARCHAR(200) NOT NULL,
    last_role VARCHAR(10) NOT NULL,
    last_message_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT inbox_threads_channel CHECK (channel IN ('whatsapp', 'chat')),
    CONSTRAINT inbox_threads_state CHECK (state IN ('open', 'closed')),
    CONSTRAINT inbox_threads_contact_shape CHECK ((channel = 'whatsapp') = (contact_id IS NOT NULL)),
    CONSTRAINT inbox_threads_in_workspace UNIQUE (tenant_id, sub_client_id, conversation_id),
    CONSTRAINT inbox_threads_contact UNIQUE (contact_id),
    CONSTRAINT inbox_threads_conversation FOREIGN KEY (tenant_id, sub_client_id, conversation_id)
        REFERENCES conversations (tenant_id, sub_client_id, id) ON DELETE CASCADE,
    CONSTRAINT inbox_threads_of_contact FOREIGN KEY (tenant_id, sub_client_id, contact_id)
        REFERENCES contacts (tenant_id, sub_client_id, id)
);

CREATE INDEX inbox_threads_by_state ON inbox_threads (tenant_id, sub_client_id, state, last_message_at, conversation_id);
CREATE INDEX inbox_threads_by_assignee
    ON inbox_threads (tenant_id, sub_client_id, assignee_id, state, last_message_at, conversation_id);

CREATE TABLE thread_tags (
    conversation_id VARCHAR(36) NOT NULL,
    tag VARCHAR(30) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    PRIMARY KEY (conversation_id, tag),
    CONSTRAINT thread_tags_thread FOREIGN KEY (tenant_id, sub_client_id, conversation_id)
        REFERENCES inbox_threads (tenant_id, sub_client_id, conversation_id) ON DELETE CASCADE
);

CREATE INDEX thread_tags_by_tag ON thread_tags (tenant_id, sub_client_id, tag, conversation_id);

-- Replies that are kept to be used again, found by their short names.
CREATE TABLE canned_replies (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    name VARCHAR(30) NOT NULL,
    body VARCHAR(8000) NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT canned_replies_name UNIQUE (sub_client_id, name),
    CONSTRAINT canned_replies_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);

-- Every word of a conversation: its title, its messages, its contact. A search finds their beginnings.
CREATE TABLE conversation_words (
    sub_client_id VARCHAR(40) NOT NULL,
    word VARCHAR(40) NOT NULL,
    conversation_id VARCHAR(36) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (sub_client_id, word, conversation_id),
    CONSTRAINT conversation_words_conversation FOREIGN KEY (tenant_id, sub_client_id, conversation_id)
        REFERENCES conversations (tenant_id, sub_client_id, id) ON DELETE CASCADE
);

CREATE INDEX conversation_words_by_conversation
    ON conversation_words (tenant_id, sub_client_id, conversation_id);
