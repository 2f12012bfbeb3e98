-- Why a driver says that a message was refused: WhatsApp's code, or a word; "contact:" before it says that it is a
-- matter of this contact alone.
ALTER TABLE outgoing_messages ADD COLUMN refusal VARCHAR(40);

-- The same for a recipient, if it counts against the campaign, until the campaign is resumed.
ALTER TABLE campaign_recipients ADD COLUMN refusal VARCHAR(40);
-- When a contact who has had enough marketing for now is written to again; it stays, since that is done once.
ALTER TABLE campaign_recipients ADD COLUMN retry_at BIGINT;
-- How many messages came back to the list; each has its own key.
ALTER TABLE campaign_recipients ADD COLUMN came_back INTEGER DEFAULT 0 NOT NULL;
/* [jooq ignore start] */
DROP INDEX campaign_recipients_pending;
CREATE INDEX campaign_recipients_pending ON campaign_recipients (campaign_id, is_first, position)
    WHERE state = 'pending' AND retry_at IS NULL;
CREATE INDEX campaign_recipients_again ON campaign_recipients (campaign_id, retry_at)
    WHERE state = 'pending' AND retry_at IS NOT NULL;
CREATE INDEX campaign_recipients_refused ON campaign_recipients (campaign_id, refusal) WHERE refusal IS NOT NULL;
/* [jooq ignore stop] */
