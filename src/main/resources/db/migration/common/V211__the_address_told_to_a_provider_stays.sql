-- The address that a workspace's provider was told: its host, null for that of the server, and its short path. Existing
-- set-ups have told the present one.
ALTER TABLE workspace_sso ADD COLUMN told_host VARCHAR(253);
ALTER TABLE workspace_sso ADD COLUMN told_path VARCHAR(60);
UPDATE workspace_sso SET
    told_host = (SELECT custom_domain FROM sub_clients WHERE sub_clients.id = workspace_sso.sub_client_id),
    told_path = (SELECT short_id || '-' || pathname FROM sub_clients WHERE sub_clients.id = workspace_sso.sub_client_id);
