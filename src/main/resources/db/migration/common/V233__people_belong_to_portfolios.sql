-- Meta's business portfolio under which the people of a connection are kept whose phone number is hidden; empty: under the
-- connection itself (docs/decisions/0088). Where portfolio_id is another one, a job moves what is kept, beside requests.
ALTER TABLE whatsapp_connections ADD COLUMN people_portfolio_id VARCHAR(60);
