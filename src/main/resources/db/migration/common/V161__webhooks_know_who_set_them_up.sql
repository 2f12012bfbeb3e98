-- A webhook hears what those may read who answer for it (docs/decisions/0076). A key has a person who answers for it.
ALTER TABLE webhook_endpoints ADD COLUMN set_up_by_identity_id VARCHAR(36);
ALTER TABLE webhook_endpoints ADD COLUMN set_up_by_key_id VARCHAR(10);

-- [jooq ignore start]
-- The audit names one person for each that only one person ever added and changed. Where a key could have done it, which
-- the audit doesn't tell apart from its maker, nothing is filled in: such webhooks are switched off soon after the start,
-- and the owners are told.
UPDATE webhook_endpoints SET set_up_by_identity_id = (
    SELECT min(a.identity_id)
    FROM audit_events a
    WHERE a.tenant_id = webhook_endpoints.tenant_id
        AND a.action IN ('WebhookAdded', 'WebhookChanged')
        AND a.target = coalesce(webhook_endpoints.sub_client_id, webhook_endpoints.id)
        AND (webhook_endpoints.sub_client_id IS NULL OR a.details LIKE '%' || webhook_endpoints.id || '%')
    HAVING min(a.identity_id) = max(a.identity_id) AND count(a.identity_id) = count(*)
        AND sum(CASE WHEN a.action = 'WebhookAdded' THEN 1 ELSE 0 END) = 1
        AND sum(CASE WHEN a.details LIKE '%"supportAccess"%' THEN 1 ELSE 0 END) = 0)
WHERE NOT EXISTS (
        SELECT 1 FROM api_keys k
        WHERE k.tenant_id = webhook_endpoints.tenant_id AND k.created_at <= webhook_endpoints.updated_at
            AND (k.permissions LIKE '%update:apiauth%' OR k.permissions LIKE '%manage:workspaces%'))
    AND NOT EXISTS (
        SELECT 1 FROM audit_events a
        WHERE a.tenant_id = webhook_endpoints.tenant_id AND a.occurred_at >= webhook_endpoints.created_at
            AND a.action IN ('ApiKeyDeleted', 'ApiKeyUpdated'));
-- [jooq ignore stop]
CREATE INDEX webhook_endpoints_by_maker ON webhook_endpoints (tenant_id, set_up_by_identity_id);
