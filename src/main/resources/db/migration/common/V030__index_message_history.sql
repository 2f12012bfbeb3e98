-- Histories are read from the newest down: those of a tenant, or of what somebody has to look at. What waits or has
-- gone well is no part of the second, so a message that goes well costs it nothing.
CREATE INDEX outgoing_messages_by_tenant ON outgoing_messages (tenant_id, id);
CREATE INDEX outgoing_messages_in_trouble ON outgoing_messages (tenant_id, state, id)
    WHERE state = 'failed' OR state = 'uncertain';

-- The pool that the number belonged to when the message came in.
ALTER TABLE incoming_messages ADD COLUMN master_id VARCHAR(60) DEFAULT '' NOT NULL;

UPDATE incoming_messages SET master_id = COALESCE(
    (SELECT senders.master_id FROM senders
        WHERE senders.tenant_id = incoming_messages.tenant_id AND senders.id = incoming_messages.sender_id), sender_id);

CREATE INDEX incoming_messages_by_phone ON incoming_messages (tenant_id, phone, id);
CREATE INDEX incoming_messages_by_master ON incoming_messages (tenant_id, master_id, id);
