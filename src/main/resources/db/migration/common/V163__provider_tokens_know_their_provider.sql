-- Tokens of providers are sealed for the provider that they came from (docs/decisions/0077). Those from before are
-- forgotten: their sessions last for the hour that sessions without a refresh token have.
UPDATE workspace_sso_sessions SET renewal = NULL, id_token = NULL;
UPDATE account_sso_sessions SET renewal = NULL;
