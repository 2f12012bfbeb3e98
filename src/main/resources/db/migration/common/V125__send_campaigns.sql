-- What an account has set for its campaigns, and the words by which contacts opt out and in, one on each line. An
-- account without a row has the defaults of OptOutSettings.
CREATE TABLE campaign_settings (
    tenant_id VARCHAR(36) NOT NULL PRIMARY KEY,
    out_words VARCHAR(4000) NOT NULL,
    in_words VARCHAR(4000) NOT NULL,
    out_answer VARCHAR(1000) NOT NULL,
    in_answer VARCHAR(1000) NOT NULL,
    -- How many contacts who never wrote a number linked by QR code may get to know per day.
    first_contacts INTEGER NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT campaign_settings_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

-- Contacts who get no campaigns, for ever, until they or a person change it.
CREATE TABLE opt_outs (
    tenant_id VARCHAR(36) NOT NULL,
    phone VARCHAR(16) NOT NULL,
    cause VARCHAR(8) NOT NULL,
    -- The number that got the word, and the word.
    sender_id VARCHAR(60),
    word VARCHAR(60),
    note VARCHAR(300) NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, phone),
    CONSTRAINT opt_outs_cause CHECK (cause IN ('word', 'person', 'whatsapp')),
    CONSTRAINT opt_outs_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);

CREATE TABLE campaigns (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    -- The pool, which may have been removed.
    master_id VARCHAR(60) NOT NULL,
    body VARCHAR(4096) NOT NULL,
    -- The template, as JSON; null for a text.
    content TEXT,
    category VARCHAR(20),
    state VARCHAR(10) NOT NULL,
    -- Why it was paused, or what it waits for.
    note VARCHAR(300),
    start_at BIGINT,
    started_at BIGINT,
    ended_at BIGINT,
    -- When the runner works on it again.
    next_at BIGINT NOT NULL,
    -- The position of its last recipient.
    last_position BIGINT NOT NULL,
    -- How many messages had left when its speed was last measured, and the speed.
    measured_at BIGINT,
    measured BIGINT NOT NULL,
    per_minute INTEGER,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT campaigns_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT campaigns_state CHECK (state IN ('draft', 'scheduled', 'running', 'paused', 'done', 'canceled')),
    CONSTRAINT campaigns_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
/* [jooq ignore start] */
CREATE INDEX campaigns_due ON campaigns (next_at) WHERE state IN ('scheduled', 'running');
/* [jooq ignore stop] */

-- How many recipients of a campaign are in each state.
CREATE TABLE campaign_counts (
    campaign_id VARCHAR(36) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    state VARCHAR(10) NOT NULL,
    recipients BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, state),
    CONSTRAINT campaign_counts_campaign FOREIGN KEY (tenant_id, campaign_id)
        REFERENCES campaigns (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE campaign_recipients (
    campaign_id VARCHAR(36) NOT NULL,
    position BIGINT NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    -- Null if what was typed is no number.
    phone VARCHAR(16),
    typed VARCHAR(60) NOT NULL,
    name VARCHAR(100) NOT NULL,
    -- The other columns of the list, as JSON; null if there are none.
    fields TEXT,
    state VARCHAR(10) NOT NULL,
    reason VARCHAR(300),
    -- Whether the contact has never written to a number of the pool.
    is_first INTEGER NOT NULL,
    message_id VARCHAR(36),
    -- The number that sent it, or that is to send it.
    sender_id VARCHAR(60),
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, position),
    CONSTRAINT campaign_recipients_state CHECK (state IN ('pending', 'waiting', 'sent', 'delivered', 'read', 'failed',
        'uncertain', 'canceled', 'duplicate', 'invalid', 'opted-out')),
    CONSTRAINT campaign_recipients_campaign FOREIGN KEY (tenant_id, campaign_id)
        REFERENCES campaigns (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX campaign_recipients_by_state ON campaign_recipients (campaign_id, state, position);
CREATE INDEX campaign_recipients_by_phone ON campaign_recipients (tenant_id, phone, campaign_id);
/* [jooq ignore start] */
CREATE INDEX campaign_recipients_pending ON campaign_recipients (campaign_id, is_first, position)
    WHERE state = 'pending';
/* [jooq ignore stop] */

-- How many contacts who never wrote a number has been given by campaigns on a day of its pool.
CREATE TABLE campaign_first_contacts (
    tenant_id VARCHAR(36) NOT NULL,
    sender_id VARCHAR(60) NOT NULL,
    day VARCHAR(10) NOT NULL,
    contacts INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, sender_id, day),
    CONSTRAINT campaign_first_contacts_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX campaign_first_contacts_by_day ON campaign_first_contacts (day);
