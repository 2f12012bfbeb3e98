-- What an account's key is narrowed to when it is made: a part of the account, a time, networks, a number of requests.
ALTER TABLE api_keys ADD COLUMN scope VARCHAR(2000) DEFAULT 'account' NOT NULL;
ALTER TABLE api_keys ADD COLUMN expires_at BIGINT;
ALTER TABLE api_keys ADD COLUMN networks VARCHAR(1000);
ALTER TABLE api_keys ADD COLUMN requests_per_minute INTEGER;
