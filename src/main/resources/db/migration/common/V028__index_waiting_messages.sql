-- What waits is little beside what has gone: the next that is due of a pool is found without looking at its history.
CREATE INDEX outgoing_messages_waiting ON outgoing_messages (tenant_id, master_id, due_at, id) WHERE state = 'queued';
