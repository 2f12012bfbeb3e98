-- In Brazil, Mexico and Argentina a phone is written in two forms. Each person is kept under one of them
-- (docs/decisions/0089). What was sent and received follows in a job, because there may be millions of it.
-- [jooq ignore start]
CREATE TABLE other_forms (phone VARCHAR(180) PRIMARY KEY, kept VARCHAR(180) NOT NULL);
INSERT INTO other_forms (phone, kept)
SELECT phone, CASE
        WHEN phone LIKE '+521%' THEN '+52' || substr(phone, 5)
        WHEN phone LIKE '+54%' THEN '+549' || substr(phone, 4)
        ELSE substr(phone, 1, 5) || '9' || substr(phone, 6) END
FROM (
    SELECT phone FROM opt_outs
    UNION SELECT phone FROM contacts
    UNION SELECT phone FROM pool_contacts
    UNION SELECT phone FROM campaign_recipients
    UNION SELECT phone FROM message_reactions
    UNION SELECT phone FROM contact_addresses
    UNION SELECT contact FROM contact_aliases
    UNION SELECT phone FROM outgoing_messages WHERE state IN ('scheduled', 'queued', 'sending', 'failed', 'uncertain')
) AS phones
WHERE phone LIKE '+521__________' AND substr(phone, 5, 1) >= '2'
    OR phone LIKE '+54__________' AND substr(phone, 4, 1) BETWEEN '1' AND '8'
    OR phone LIKE '+55__________' AND substr(phone, 4, 1) >= '1' AND substr(phone, 6, 1) >= '6';

-- Of two rows about one person, that of the kept form stays: an opt-out of either counts for both.
DELETE FROM opt_outs WHERE EXISTS (
    SELECT 1 FROM other_forms f JOIN opt_outs o ON o.phone = f.kept
    WHERE f.phone = opt_outs.phone AND o.tenant_id = opt_outs.tenant_id);
UPDATE opt_outs SET phone = (SELECT kept FROM other_forms f WHERE f.phone = opt_outs.phone)
WHERE phone IN (SELECT phone FROM other_forms);
DELETE FROM pool_contacts WHERE EXISTS (
    SELECT 1 FROM other_forms f JOIN pool_contacts o ON o.phone = f.kept
    WHERE f.phone = pool_contacts.phone AND o.tenant_id = pool_contacts.tenant_id
        AND o.master_id = pool_contacts.master_id);
UPDATE pool_contacts SET phone = (SELECT kept FROM other_forms f WHERE f.phone = pool_contacts.phone)
WHERE phone IN (SELECT phone FROM other_forms);
DELETE FROM message_reactions WHERE EXISTS (
    SELECT 1 FROM other_forms f JOIN message_reactions o ON o.phone = f.kept
    WHERE f.phone = message_reactions.phone AND o.tenant_id = message_reactions.tenant_id
        AND o.sender_id = message_reactions.sender_id AND o.provider_id = message_reactions.provider_id);
UPDATE message_reactions SET phone = (SELECT kept FROM other_forms f WHERE f.phone = message_reactions.phone)
WHERE phone IN (SELECT phone FROM other_forms);
DELETE FROM contact_addresses WHERE EXISTS (
    SELECT 1 FROM other_forms f JOIN contact_addresses o ON o.phone = f.kept
    WHERE f.phone = contact_addresses.phone AND o.tenant_id = contact_addresses.tenant_id
        AND o.sender_id = contact_addresses.sender_id);
UPDATE contact_addresses SET phone = (SELECT kept FROM other_forms f WHERE f.phone = contact_addresses.phone)
WHERE phone IN (SELECT phone FROM other_forms);
UPDATE contact_aliases SET contact = (SELECT kept FROM other_forms f WHERE f.phone = contact_aliases.contact)
WHERE contact IN (SELECT phone FROM other_forms);
UPDATE campaign_recipients SET phone = (SELECT kept FROM other_forms f WHERE f.phone = campaign_recipients.phone)
WHERE phone IN (SELECT phone FROM other_forms);
UPDATE outgoing_messages SET phone = (SELECT kept FROM other_forms f WHERE f.phone = outgoing_messages.phone)
WHERE state IN ('scheduled', 'queued', 'sending', 'failed', 'uncertain') AND phone IN (SELECT phone FROM other_forms);

-- Two contacts of one workspace stay two: their threads are not put together here.
INSERT INTO contact_words (tenant_id, word, sub_client_id, contact_id)
SELECT c.tenant_id, substr(f.kept, 2), c.sub_client_id, c.id FROM contacts c JOIN other_forms f ON f.phone = c.phone
WHERE NOT EXISTS (
    SELECT 1 FROM contact_words w
    WHERE w.tenant_id = c.tenant_id AND w.word = substr(f.kept, 2) AND w.sub_client_id = c.sub_client_id
        AND w.contact_id = c.id);
UPDATE contacts SET
    name = CASE WHEN name = phone THEN (SELECT kept FROM other_forms f WHERE f.phone = contacts.phone) ELSE name END,
    phone = (SELECT kept FROM other_forms f WHERE f.phone = contacts.phone)
WHERE phone IN (SELECT phone FROM other_forms) AND NOT EXISTS (
    SELECT 1 FROM other_forms f JOIN contacts o ON o.phone = f.kept
    WHERE f.phone = contacts.phone AND o.sub_client_id = contacts.sub_client_id);
DROP TABLE other_forms;
-- [jooq ignore stop]
