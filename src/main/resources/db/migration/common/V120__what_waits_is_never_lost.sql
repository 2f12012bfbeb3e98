-- Messages can be scheduled, can expire and can be canceled, and a waiting one says what it waits for. The list of
-- states is a constraint, which SQLite cannot change, so the table is made anew.
/* [jooq ignore start] */
CREATE TABLE outgoing_before AS SELECT * FROM outgoing_messages;
/* [jooq ignore stop] */
DROP TABLE outgoing_messages;
CREATE TABLE outgoing_messages (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    -- The pool that is responsible for it now, and the one it was ordered for if another stands in.
    master_id VARCHAR(60) NOT NULL,
    home_master_id VARCHAR(60),
    sender_id VARCHAR(60),
    phone VARCHAR(16) NOT NULL,
    body VARCHAR(8000) NOT NULL,
    media_name VARCHAR(200),
    media_type VARCHAR(100),
    media_path VARCHAR(300),
    idempotency_key VARCHAR(128) NOT NULL,
    state VARCHAR(10) NOT NULL,
    attempts INTEGER NOT NULL,
    error VARCHAR(300),
    provider_id VARCHAR(128),
    due_at BIGINT NOT NULL,
    -- What a waiting message waits for until `due_at`; null if it is only waiting for its turn.
    waits_for VARCHAR(12),
    send_at BIGINT,
    expires_at BIGINT,
    created_at BIGINT NOT NULL,
    state_changed_at BIGINT NOT NULL,
    -- Why this number was chosen, the trace of the decision; and which order of many it belongs to.
    reason VARCHAR(300),
    batch_id VARCHAR(36),
    CONSTRAINT outgoing_messages_key UNIQUE (tenant_id, idempotency_key),
    CONSTRAINT outgoing_messages_state CHECK (state IN ('scheduled', 'queued', 'sending', 'sent', 'delivered', 'read',
        'failed', 'uncertain', 'canceled')),
    CONSTRAINT outgoing_messages_waits CHECK (waits_for IN ('quota', 'warm-up', 'rate', 'quiet-hours', 'pair-limit',
        'number-away', 'pool-away', 'paused', 'approval', 'retry')),
    CONSTRAINT outgoing_messages_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
/* [jooq ignore start] */
INSERT INTO outgoing_messages (id, tenant_id, master_id, sender_id, phone, body, media_name, media_type, media_path,
    idempotency_key, state, attempts, error, provider_id, due_at, created_at, state_changed_at, reason, batch_id)
SELECT id, tenant_id, master_id, sender_id, phone, body, media_name, media_type, media_path,
    idempotency_key, state, attempts, error, provider_id, due_at, created_at, state_changed_at, reason, batch_id
FROM outgoing_before;
DROP TABLE outgoing_before;
/* [jooq ignore stop] */
CREATE INDEX outgoing_messages_by_master ON outgoing_messages (tenant_id, master_id, id);
CREATE INDEX outgoing_messages_by_provider ON outgoing_messages (sender_id, provider_id);
CREATE INDEX outgoing_messages_by_sender ON outgoing_messages (tenant_id, sender_id, id);
CREATE INDEX outgoing_messages_by_batch ON outgoing_messages (tenant_id, batch_id, id);
-- Histories are read from the newest down: those of a tenant, or of what needs attention. Messages that wait or that
-- went well are no part of the second, so they cost it nothing.
CREATE INDEX outgoing_messages_by_tenant ON outgoing_messages (tenant_id, id);
-- What one contact has got.
CREATE INDEX outgoing_messages_by_contact ON outgoing_messages (tenant_id, phone, id);
/* [jooq ignore start] */
CREATE INDEX outgoing_messages_in_trouble ON outgoing_messages (tenant_id, state, id)
    WHERE state = 'failed' OR state = 'uncertain';
CREATE INDEX outgoing_messages_waiting ON outgoing_messages (tenant_id, master_id, due_at, id) WHERE state = 'queued';
CREATE INDEX outgoing_messages_under_way ON outgoing_messages (tenant_id, master_id, phone, id)
    WHERE state IN ('queued', 'sending');
CREATE INDEX outgoing_messages_unanswered ON outgoing_messages (state_changed_at) WHERE state = 'sending';
CREATE INDEX outgoing_messages_uncertain ON outgoing_messages (tenant_id, master_id, id) WHERE state = 'uncertain';
CREATE INDEX outgoing_messages_scheduled ON outgoing_messages (due_at, id) WHERE state = 'scheduled';
CREATE INDEX outgoing_messages_scheduled_in_pool ON outgoing_messages (tenant_id, master_id, id)
    WHERE state = 'scheduled';
CREATE INDEX outgoing_messages_expiring ON outgoing_messages (expires_at)
    WHERE expires_at IS NOT NULL AND state IN ('scheduled', 'queued');
CREATE INDEX outgoing_messages_away_from_home ON outgoing_messages (tenant_id, home_master_id)
    WHERE home_master_id IS NOT NULL AND state IN ('scheduled', 'queued');
/* [jooq ignore stop] */

-- A sender that sends nothing (hold) or gets no new contacts (drain) until someone resumes it; the master it belonged to
-- before a failover moved it; and the brand it works for, which a failover with the policy `same-brand-only` respects.
ALTER TABLE senders ADD COLUMN pause VARCHAR(5) CHECK (pause IN ('hold', 'drain'));
ALTER TABLE senders ADD COLUMN home_master_id VARCHAR(60);
ALTER TABLE senders ADD COLUMN brand_account_id VARCHAR(36);
ALTER TABLE pool_contacts ADD COLUMN home_master_id VARCHAR(60);
ALTER TABLE pool_contacts ADD COLUMN home_sender_id VARCHAR(60);
/* [jooq ignore start] */
CREATE INDEX senders_away_from_home ON senders (tenant_id, home_master_id) WHERE home_master_id IS NOT NULL;
CREATE INDEX pool_contacts_away_from_home ON pool_contacts (tenant_id, home_master_id) WHERE home_master_id IS NOT NULL;
/* [jooq ignore stop] */

-- Answers to customers who wrote within this time are sent in quiet hours, too; 0 for none.
ALTER TABLE pool_settings ADD COLUMN quiet_answer_minutes INTEGER DEFAULT 60 NOT NULL;

-- How a pool survives its numbers; a pool without a row does as the defaults of FailoverSettings say.
CREATE TABLE failover_settings (
    tenant_id VARCHAR(36) NOT NULL,
    master_id VARCHAR(60) NOT NULL,
    master_role VARCHAR(7) NOT NULL,
    policy VARCHAR(15) NOT NULL,
    backup_master_id VARCHAR(60),
    is_failing_back INTEGER NOT NULL,
    -- The time over which the messages of a failed pool are spread, so that the numbers that stand in survive it.
    spread_minutes INTEGER NOT NULL,
    check_seconds INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    recovery_seconds INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, master_id),
    CONSTRAINT failover_settings_master_role CHECK (master_role = 'master'),
    CONSTRAINT failover_settings_policy CHECK (policy IN ('auto', 'same-brand-only', 'never-silent')),
    CONSTRAINT failover_settings_master FOREIGN KEY (tenant_id, master_id, master_role)
        REFERENCES senders (tenant_id, id, role) ON DELETE CASCADE
);

-- What is unusual about a pool right now: paused, failed over, or waiting for someone's yes. A pool without a row is
-- normal. `version` lets one of two servers that decide at the same time win.
CREATE TABLE pool_states (
    tenant_id VARCHAR(36) NOT NULL,
    master_id VARCHAR(60) NOT NULL,
    pause VARCHAR(5),
    failover VARCHAR(20) NOT NULL,
    stand_in_id VARCHAR(60),
    decision_id VARCHAR(36),
    changed_at BIGINT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, master_id),
    CONSTRAINT pool_states_pause CHECK (pause IN ('hold', 'drain')),
    CONSTRAINT pool_states_failover CHECK (failover IN ('normal', 'failing-over', 'failed-over',
        'waiting-for-approval', 'failing-back')),
    CONSTRAINT pool_states_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
/* [jooq ignore start] */
-- A pool that is failed over has the decision that led to it, and one that waits has the one it waits for. A normal pool
-- has one only if a person refused it: it is not proposed again before the pool has worked.
CREATE INDEX pool_states_decided ON pool_states (tenant_id, master_id) WHERE decision_id IS NOT NULL;
/* [jooq ignore stop] */

-- Every decision about a failover: what was seen, which rules applied, what was chosen and why not the others, and what
-- moved. Lists have a line for each entry.
CREATE TABLE failover_decisions (
    id VARCHAR(36) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    master_id VARCHAR(60) NOT NULL,
    kind VARCHAR(12) NOT NULL,
    -- Whether the server noticed a failure, or a person asked for it; then a person ends it, too.
    cause VARCHAR(8) NOT NULL,
    outcome VARCHAR(12) NOT NULL,
    trigger_text VARCHAR(300) NOT NULL,
    actor VARCHAR(100) NOT NULL,
    seen TEXT NOT NULL,
    rules TEXT NOT NULL,
    chosen_id VARCHAR(60),
    rejected TEXT NOT NULL,
    moved_servants INTEGER NOT NULL,
    moved_contacts INTEGER NOT NULL,
    moved_messages INTEGER NOT NULL,
    took_ms BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT failover_decisions_kind CHECK (kind IN ('failover', 'failback', 'contacts')),
    CONSTRAINT failover_decisions_cause CHECK (cause IN ('detected', 'by-hand')),
    CONSTRAINT failover_decisions_outcome CHECK (outcome IN ('done', 'proposed', 'approved', 'refused', 'withdrawn',
        'impossible')),
    CONSTRAINT failover_decisions_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
CREATE INDEX failover_decisions_by_master ON failover_decisions (tenant_id, master_id, id);
CREATE INDEX failover_decisions_by_tenant ON failover_decisions (tenant_id, id);
CREATE INDEX failover_decisions_by_time ON failover_decisions (created_at);
