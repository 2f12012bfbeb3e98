-- One contact's messages over one pool: which of them is next, and whether the contact is known.
CREATE INDEX outgoing_messages_by_contact ON outgoing_messages (tenant_id, master_id, phone, state, id);
CREATE INDEX incoming_messages_by_contact ON incoming_messages (tenant_id, phone, sender_id, id);
