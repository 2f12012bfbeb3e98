-- Where a message of our side was written if that was not here: on the phone.
ALTER TABLE messages ADD COLUMN origin VARCHAR(10);
-- Until when the assistant leaves a thread alone, because someone answered on the phone.
ALTER TABLE inbox_threads ADD COLUMN assistant_resumes_at BIGINT;
ALTER TABLE assistants ADD COLUMN phone_pause_minutes INTEGER DEFAULT 30 NOT NULL;
