-- Groups of links are counted and limited as pages and links are.
/* [jooq ignore start] */
INSERT INTO account_usage (tenant_id, account_id, quota, used)
SELECT tenant_id, id, 'link_groups', 0 FROM accounts;

INSERT INTO tenant_usage (tenant_id, quota, used)
SELECT DISTINCT tenant_id, 'link_groups', 0 FROM accounts;
/* [jooq ignore stop] */
