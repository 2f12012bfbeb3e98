-- A look that was applied to many brands keeps the one before it for a while, so that it can be undone.
ALTER TABLE appearances ADD COLUMN former_look VARCHAR(30000);
ALTER TABLE appearances ADD COLUMN push_id VARCHAR(36);
ALTER TABLE appearances ADD COLUMN pushed_at BIGINT;
CREATE INDEX appearances_by_pushed ON appearances (pushed_at, tenant_id);
