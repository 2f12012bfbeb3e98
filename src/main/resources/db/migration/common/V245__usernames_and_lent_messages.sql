-- What WhatsApp calls people who hide their number: amal.k
ALTER TABLE incoming_messages ADD COLUMN username VARCHAR(60);
ALTER TABLE contacts ADD COLUMN username VARCHAR(60);

-- A pool's messages are those that were ordered for it, too, whichever pool stands in.
CREATE INDEX outgoing_messages_lent ON outgoing_messages (tenant_id, home_master_id, id) WHERE home_master_id IS NOT NULL;
