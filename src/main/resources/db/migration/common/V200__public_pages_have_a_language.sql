-- The language of an account's public pages, such as 'ar'; a brand without one has its agency's.
ALTER TABLE accounts ADD COLUMN language VARCHAR(8);
