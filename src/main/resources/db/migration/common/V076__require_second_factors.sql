-- Whether everyone who works for a root account must have two-step verification or a passkey.
ALTER TABLE accounts ADD COLUMN is_second_factor_required INTEGER NOT NULL DEFAULT 0;
