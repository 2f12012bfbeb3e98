-- What waits and what is under way is a small part of all messages, and every pool asks for its own part again and
-- again: indexes of those rows alone, which a message leaves for good when it is sent.
DROP INDEX outgoing_messages_by_state;
DROP INDEX outgoing_messages_by_contact;

/* [jooq ignore start] */
CREATE INDEX outgoing_messages_waiting ON outgoing_messages (tenant_id, master_id, due_at, id) WHERE state = 'queued';
CREATE INDEX outgoing_messages_under_way ON outgoing_messages (tenant_id, master_id, phone, id)
    WHERE state IN ('queued', 'sending');
CREATE INDEX outgoing_messages_unanswered ON outgoing_messages (state_changed_at) WHERE state = 'sending';
CREATE INDEX outgoing_messages_uncertain ON outgoing_messages (tenant_id, master_id, id) WHERE state = 'uncertain';
/* [jooq ignore stop] */

-- What one contact has got.
CREATE INDEX outgoing_messages_by_contact ON outgoing_messages (tenant_id, phone, id);

-- Old hours are deleted.
CREATE INDEX sender_hours_by_time ON sender_hours (hour_at);
