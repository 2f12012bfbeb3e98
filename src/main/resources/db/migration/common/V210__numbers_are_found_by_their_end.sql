-- Phone numbers are found by their end: written from there, they are words that begin with a sign that no other has.
-- [jooq ignore start]
${on_sqlite}INSERT OR IGNORE INTO contact_words (tenant_id, word, sub_client_id, contact_id) SELECT w.tenant_id, '~' || substr(w.word, 15, 1) || substr(w.word, 14, 1) || substr(w.word, 13, 1) || substr(w.word, 12, 1) || substr(w.word, 11, 1) || substr(w.word, 10, 1) || substr(w.word, 9, 1) || substr(w.word, 8, 1) || substr(w.word, 7, 1) || substr(w.word, 6, 1) || substr(w.word, 5, 1) || substr(w.word, 4, 1) || substr(w.word, 3, 1) || substr(w.word, 2, 1) || substr(w.word, 1, 1), w.sub_client_id, w.contact_id FROM contacts c JOIN contact_words w ON w.tenant_id = c.tenant_id AND w.contact_id = c.id AND w.sub_client_id = c.sub_client_id WHERE c.phone LIKE '+%' AND length(w.word) BETWEEN 6 AND 15 AND w.word NOT GLOB '*[^0-9]*';
${on_postgresql}INSERT INTO contact_words (tenant_id, word, sub_client_id, contact_id) SELECT w.tenant_id, '~' || reverse(w.word), w.sub_client_id, w.contact_id FROM contacts c JOIN contact_words w ON w.tenant_id = c.tenant_id AND w.contact_id = c.id AND w.sub_client_id = c.sub_client_id WHERE c.phone LIKE '+%' AND w.word ~ '^[0-9]{6,15}$' ON CONFLICT DO NOTHING;
-- [jooq ignore stop]
INSERT INTO conversation_words (sub_client_id, word, conversation_id, tenant_id)
SELECT t.sub_client_id, w.word, t.conversation_id, t.tenant_id
FROM inbox_threads t
JOIN contact_words w ON w.tenant_id = t.tenant_id AND w.contact_id = t.contact_id AND w.sub_client_id = t.sub_client_id
WHERE w.word LIKE '~%';
