-- What a pool is for, and how soon a code must have reached its phone before another number sends it.
ALTER TABLE pool_settings ADD COLUMN pool_class VARCHAR(10) DEFAULT 'any' NOT NULL
    CHECK (pool_class IN ('any', 'codes', 'service', 'marketing'));
ALTER TABLE pool_settings ADD COLUMN receipt_seconds INTEGER DEFAULT 8 NOT NULL;
-- Asked every few seconds.
CREATE INDEX pool_settings_of_codes ON pool_settings (tenant_id, master_id) WHERE pool_class = 'codes';
