-- A pool's messages are those that were ordered for it, too, whichever pool stands in.
CREATE INDEX outgoing_messages_lent ON outgoing_messages (tenant_id, home_master_id, id) WHERE home_master_id IS NOT NULL;
