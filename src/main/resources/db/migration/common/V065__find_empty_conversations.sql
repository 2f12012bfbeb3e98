-- A job looks every minute for old conversations in which nothing was said: there are few, among many others.
/* [jooq ignore start] */
CREATE INDEX conversations_empty ON conversations (created_at) WHERE message_count = 0;
/* [jooq ignore stop] */
