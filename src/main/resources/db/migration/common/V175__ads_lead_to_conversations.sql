-- The ad that led a contact to a conversation, as JSON.
ALTER TABLE inbox_threads ADD COLUMN ad TEXT;
