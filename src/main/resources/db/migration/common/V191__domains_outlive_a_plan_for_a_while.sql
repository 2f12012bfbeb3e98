-- A plan without custom domains leaves those that are served until lapses_at. The next mail about it, or the end, is due at
-- lapse_due_at; there is none any more once the domain has lapsed.
ALTER TABLE domains ADD COLUMN lapses_at BIGINT;
ALTER TABLE domains ADD COLUMN lapse_due_at BIGINT;
CREATE INDEX domains_by_lapse ON domains (lapse_due_at, tenant_id);
