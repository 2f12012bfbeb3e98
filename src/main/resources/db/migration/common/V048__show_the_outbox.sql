-- What became of each mail, for those who run the server. A mail that was given up or discarded is not tried again.
ALTER TABLE mails ADD COLUMN state VARCHAR(10) DEFAULT 'waiting' NOT NULL;
ALTER TABLE mails ADD COLUMN kind VARCHAR(12) DEFAULT 'other' NOT NULL;
ALTER TABLE mails ADD COLUMN last_error VARCHAR(300);

UPDATE mails SET state = 'sent' WHERE sent_at IS NOT NULL;
UPDATE mails SET state = 'failing' WHERE sent_at IS NULL AND attempts > 0;

DROP INDEX mails_by_due;
CREATE INDEX mails_by_due ON mails (state, due_at);
CREATE INDEX mails_by_state ON mails (state, id);
CREATE INDEX mails_by_recipient ON mails (recipient, id);
CREATE INDEX mails_by_age ON mails (created_at);
