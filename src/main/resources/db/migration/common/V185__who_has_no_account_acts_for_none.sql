-- Sessions of people without an account of their own were switched to the first that they work for, without being asked.
UPDATE sessions SET active_account_id = NULL
WHERE context_ended_at IS NULL AND identity_id IN (SELECT id FROM identities WHERE home_account_id IS NULL);
