-- What WhatsApp charges a message as, such as 'marketing', and whether it does. Empty until it has said so.
ALTER TABLE outgoing_messages ADD COLUMN price_category VARCHAR(40);
ALTER TABLE outgoing_messages ADD COLUMN is_billable INTEGER;

-- What WhatsApp thinks of a number, and how many chats its business may begin in a day.
CREATE TABLE sender_ratings (
    tenant_id VARCHAR(36) NOT NULL,
    sender_id VARCHAR(60) NOT NULL,
    -- In lower case, such as 'green'; empty: not told.
    quality VARCHAR(20) NOT NULL,
    -- In words, such as '2,000'; empty: not told.
    messaging_limit VARCHAR(20) NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, sender_id)
    -- [jooq ignore start]
    , CONSTRAINT sender_ratings_sender FOREIGN KEY (tenant_id, sender_id) REFERENCES senders (tenant_id, id)
        ON DELETE CASCADE
    -- [jooq ignore stop]
);

-- Whether the pool asks for the messages of groups; all others ignore them.
ALTER TABLE pool_settings ADD COLUMN is_for_groups INTEGER NOT NULL DEFAULT 0;

-- The group that an incoming message was written in; empty: to us alone.
ALTER TABLE incoming_messages ADD COLUMN group_id VARCHAR(120);
