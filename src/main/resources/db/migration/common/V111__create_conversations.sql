-- A conversation of a workspace's user with the assistant. Those with WhatsApp contacts have no user of their own.
CREATE TABLE conversations (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    user_id INTEGER,
    title VARCHAR(100) NOT NULL,
    message_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- Set once somebody names the conversation: then its first message no longer does.
    is_named INTEGER DEFAULT 0 NOT NULL,
    -- A person answers, not the assistant, until the thread in the inbox is closed.
    is_handed_over INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT conversations_in_workspace UNIQUE (tenant_id, sub_client_id, id),
    CONSTRAINT conversations_kind CHECK (kind IN ('assistant', 'whatsapp')),
    CONSTRAINT conversations_user_shape CHECK ((kind = 'assistant') = (user_id IS NOT NULL)),
    CONSTRAINT conversations_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT conversations_user FOREIGN KEY (tenant_id, sub_client_id, user_id)
        REFERENCES sub_client_users (tenant_id, sub_client_id, id) ON DELETE CASCADE
);
CREATE INDEX conversations_by_user ON conversations (tenant_id, sub_client_id, user_id, updated_at, id);
-- A job looks every minute for old conversations in which nothing was said: there are few, among many others.
/* [jooq ignore start] */
CREATE INDEX conversations_empty ON conversations (created_at) WHERE message_count = 0;
/* [jooq ignore stop] */

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
-- How many threads hold something unread is asked on every page of a member.
/* [jooq ignore start] */
CREATE INDEX inbox_threads_unread ON inbox_threads (tenant_id, sub_client_id)
    WHERE state = 'open' AND unread_count > 0;
/* [jooq ignore stop] */
-- What a stop left unanswered is asked at every start.
/* [jooq ignore start] */
CREATE INDEX inbox_threads_unanswered ON inbox_threads (last_message_at)
    WHERE state = 'open' AND last_role = 'contact';
/* [jooq ignore stop] */

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

CREATE TABLE messages (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    conversation_id VARCHAR(36) NOT NULL,
    position BIGINT NOT NULL,
    role VARCHAR(10) NOT NULL,
    body VARCHAR(8000) NOT NULL,
    -- Who wrote it, of the workspace's users; the name stays when the user goes.
    author_user_id INTEGER,
    author_name VARCHAR(100),
    client_key VARCHAR(64),
    -- The row of `whatsapp` that says how far it came.
    outgoing_id VARCHAR(36),
    attachment_count INTEGER DEFAULT 0 NOT NULL,
    -- An answer that could not be given, or that was stopped before its end.
    is_failed INTEGER DEFAULT 0 NOT NULL,
    is_stopped INTEGER DEFAULT 0 NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT message_role CHECK (role IN ('user', 'assistant', 'contact', 'agent', 'note')),
    CONSTRAINT message_position UNIQUE (conversation_id, position),
    CONSTRAINT message_client_key UNIQUE (conversation_id, client_key),
    CONSTRAINT message_conversation FOREIGN KEY (tenant_id, sub_client_id, conversation_id)
        REFERENCES conversations (tenant_id, sub_client_id, id) ON DELETE CASCADE
);
CREATE INDEX message_by_conversation ON messages (tenant_id, sub_client_id, conversation_id, position);
CREATE UNIQUE INDEX message_outgoing ON messages (outgoing_id);

-- Files of a conversation. `path` lies below `files/` in the data folder. Those without a message wait for it.
CREATE TABLE attachments (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    conversation_id VARCHAR(36) NOT NULL,
    message_id VARCHAR(36),
    uploaded_by INTEGER,
    name VARCHAR(200) NOT NULL,
    content_type VARCHAR(100) NOT NULL,
    size BIGINT NOT NULL,
    path VARCHAR(300) NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT attachments_conversation FOREIGN KEY (tenant_id, sub_client_id, conversation_id)
        REFERENCES conversations (tenant_id, sub_client_id, id) ON DELETE CASCADE
);
CREATE INDEX attachments_by_conversation ON attachments (tenant_id, sub_client_id, conversation_id, message_id);
CREATE INDEX attachments_by_message ON attachments (message_id, created_at);

-- Files and folders below `files/` whose rows are gone; a job removes them and then these lines.
CREATE TABLE removed_files (
    path VARCHAR(300) NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL
);

-- PostgreSQL orders text by the rules of a language, so a common index knows nothing of beginnings, and this one does.
-- SQLite finds beginnings in the primary key.
-- [jooq ignore start]
${on_postgresql}CREATE INDEX conversation_words_by_prefix ON conversation_words (sub_client_id, word varchar_pattern_ops, conversation_id);
-- [jooq ignore stop]
