-- A former name of an account leads on to it until released_at, and is nobody else's until then.
ALTER TABLE usernames ADD COLUMN released_at BIGINT;
CREATE INDEX usernames_by_release ON usernames (released_at) WHERE released_at IS NOT NULL;
