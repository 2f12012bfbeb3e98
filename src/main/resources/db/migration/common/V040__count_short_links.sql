-- Counters of short links for the accounts that are there already; new ones start with them.
INSERT INTO account_usage (tenant_id, account_id, quota, used)
SELECT accounts.tenant_id, accounts.id, 'short_links', 0
FROM accounts
WHERE EXISTS (SELECT 1 FROM account_usage WHERE account_usage.account_id = accounts.id);

INSERT INTO tenant_usage (tenant_id, quota, used)
SELECT DISTINCT tenant_usage.tenant_id, 'short_links', 0
FROM tenant_usage;
