-- Since when a customer waits for an answer from a person or the assistant; empty once someone answered or closed the
-- thread. Notes don't count as answers.
ALTER TABLE inbox_threads ADD COLUMN waiting_at BIGINT;
/* [jooq ignore start] */
UPDATE inbox_threads SET waiting_at = last_message_at
    WHERE state = 'open' AND (last_role IN ('contact', 'user') OR is_person_wanted = 1);
/* [jooq ignore stop] */

-- What the inbox of each workspace holds, counted with every change of a thread: the list of an account's inboxes and
-- its dashboard read these rows instead of threads. Every workspace has one. `last_message_at` is 0 before the first.
CREATE TABLE workspace_inboxes (
    sub_client_id VARCHAR(40) NOT NULL PRIMARY KEY,
    tenant_id VARCHAR(36) NOT NULL,
    account_id VARCHAR(36) NOT NULL,
    open_count BIGINT NOT NULL,
    unread_count BIGINT NOT NULL,
    waiting_count BIGINT NOT NULL,
    last_message_at BIGINT NOT NULL,
    CONSTRAINT workspace_inboxes_not_negative CHECK (open_count >= 0 AND unread_count >= 0 AND waiting_count >= 0),
    CONSTRAINT workspace_inboxes_workspace FOREIGN KEY (tenant_id, sub_client_id)
        REFERENCES sub_clients (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX workspace_inboxes_by_account ON workspace_inboxes (tenant_id, account_id, last_message_at, sub_client_id);
/* [jooq ignore start] */
CREATE INDEX workspace_inboxes_unread ON workspace_inboxes (tenant_id, account_id, last_message_at, sub_client_id)
    WHERE unread_count > 0;
CREATE INDEX workspace_inboxes_waiting ON workspace_inboxes (tenant_id, account_id, last_message_at, sub_client_id)
    WHERE waiting_count > 0;
INSERT INTO workspace_inboxes (sub_client_id, tenant_id, account_id, open_count, unread_count, waiting_count, last_message_at)
    SELECT sub_clients.id, sub_clients.tenant_id, projects.account_id,
        (SELECT count(*) FROM inbox_threads t WHERE t.sub_client_id = sub_clients.id AND t.state = 'open'),
        (SELECT count(*) FROM inbox_threads t
            WHERE t.sub_client_id = sub_clients.id AND t.state = 'open' AND t.unread_count > 0),
        (SELECT count(*) FROM inbox_threads t WHERE t.sub_client_id = sub_clients.id AND t.waiting_at IS NOT NULL),
        coalesce((SELECT max(t.last_message_at) FROM inbox_threads t WHERE t.sub_client_id = sub_clients.id), 0)
    FROM sub_clients JOIN projects ON projects.id = sub_clients.project_id;
/* [jooq ignore stop] */

-- Who is named with @ in a note, by the name that it says.
CREATE TABLE note_mentions (
    message_id VARCHAR(36) NOT NULL,
    user_id INTEGER NOT NULL,
    username VARCHAR(20) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    sub_client_id VARCHAR(40) NOT NULL,
    conversation_id VARCHAR(36) NOT NULL,
    created_at BIGINT NOT NULL,
    read_at BIGINT,
    PRIMARY KEY (message_id, user_id),
    CONSTRAINT note_mentions_thread FOREIGN KEY (tenant_id, sub_client_id, conversation_id)
        REFERENCES conversations (tenant_id, sub_client_id, id) ON DELETE CASCADE,
    CONSTRAINT note_mentions_user FOREIGN KEY (tenant_id, sub_client_id, user_id)
        REFERENCES sub_client_users (tenant_id, sub_client_id, id) ON DELETE CASCADE
);
CREATE INDEX note_mentions_by_user ON note_mentions (tenant_id, sub_client_id, user_id, conversation_id);
CREATE INDEX note_mentions_by_conversation ON note_mentions (tenant_id, sub_client_id, conversation_id, user_id);
/* [jooq ignore start] */
CREATE INDEX note_mentions_unread ON note_mentions (tenant_id, sub_client_id, user_id, conversation_id)
    WHERE read_at IS NULL;
/* [jooq ignore stop] */

-- The visits of a whole tenant per day: what its dashboard shows, however many accounts it has. Counters as in
-- `visit_days`; visitors are the sum over its accounts.
CREATE TABLE visit_tenant_days (
    tenant_id VARCHAR(36) NOT NULL,
    day INTEGER NOT NULL,
    views BIGINT NOT NULL,
    clicks BIGINT NOT NULL,
    unlocks BIGINT NOT NULL,
    redirects BIGINT NOT NULL,
    bots BIGINT NOT NULL,
    visitors BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, day),
    CONSTRAINT visit_tenant_days_tenant FOREIGN KEY (tenant_id) REFERENCES accounts (id) ON DELETE CASCADE
);
/* [jooq ignore start] */
INSERT INTO visit_tenant_days (tenant_id, day, views, clicks, unlocks, redirects, bots, visitors)
    SELECT tenant_id, day, sum(views), sum(clicks), sum(unlocks), sum(redirects), sum(bots),
        sum(CASE WHEN subject = 'p' THEN visitors ELSE 0 END)
    FROM visit_days WHERE subject IN ('p', 's') GROUP BY tenant_id, day;
-- The most visited accounts of a tenant are added up from this index alone.
CREATE INDEX visit_days_of_pages ON visit_days (tenant_id, day, account_id, views) WHERE subject = 'p';
/* [jooq ignore stop] */

-- Numbers that need someone, of a tenant: few, among many that work.
/* [jooq ignore start] */
CREATE INDEX senders_in_need ON senders (tenant_id, state, id)
    WHERE state IN ('passkey-required', 'disconnected', 'restricted', 'banned', 'unlinked');
/* [jooq ignore stop] */

-- Brands that an agency has to look at: those that a smaller plan has made read-only, and the suspended ones.
/* [jooq ignore start] */
CREATE INDEX accounts_read_only ON accounts (parent_id, suspends_at) WHERE suspends_at IS NOT NULL;
CREATE INDEX accounts_suspended ON accounts (parent_id, id) WHERE status = 'suspended';
/* [jooq ignore stop] */
