-- What the last brand of this account began with: page, none, or template: with an id. Offered first for the next one.
ALTER TABLE accounts ADD COLUMN brand_start VARCHAR(60);
