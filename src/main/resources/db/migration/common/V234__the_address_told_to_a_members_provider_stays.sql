-- The username in the address that the provider of an account's members was told. Existing set-ups have told the present one.
ALTER TABLE account_sso ADD COLUMN told_username VARCHAR(30);
UPDATE account_sso SET told_username = (SELECT username FROM accounts WHERE accounts.id = account_sso.tenant_id);
