-- Whose mails take turns with those of others, and when it is a mail's turn; what waits already is first.
ALTER TABLE mails ADD COLUMN source VARCHAR(254) NOT NULL DEFAULT '';
ALTER TABLE mails ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;
CREATE INDEX mails_by_turn ON mails (state, turn, id);
CREATE INDEX mails_by_source ON mails (source, state, turn);
