-- In hundredths.
ALTER TABLE assistants ADD COLUMN temperature INTEGER DEFAULT 70 NOT NULL;
-- Tokens of one answer at most.
ALTER TABLE assistants ADD COLUMN max_tokens INTEGER DEFAULT 800 NOT NULL;
-- The last characters of the sealed key, so that people know which one it is.
ALTER TABLE assistants ADD COLUMN key_end VARCHAR(4);
-- Answers whose tokens were not told by the server that gave them.
ALTER TABLE assistant_usage ADD COLUMN estimated BIGINT DEFAULT 0 NOT NULL;
