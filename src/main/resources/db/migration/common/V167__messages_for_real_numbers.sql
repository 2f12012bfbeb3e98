-- 1 if a message was ordered for a pool with real numbers: it never goes over a simulated one, where it would reach no
-- one, whatever becomes of those numbers. What has left the queue for good is not asked any more and stays 0.
ALTER TABLE outgoing_messages ADD COLUMN is_real INTEGER DEFAULT 0 NOT NULL;
/* [jooq ignore start] */
UPDATE outgoing_messages SET is_real = 1
WHERE state IN ('scheduled', 'queued', 'sending', 'failed', 'uncertain')
    AND (tenant_id, COALESCE(home_master_id, master_id)) IN (
        SELECT senders.tenant_id, COALESCE(senders.home_master_id, senders.master_id, senders.id)
        FROM senders WHERE senders.driver <> 'simulator');
/* [jooq ignore stop] */
