-- Whether marketing templates of a Cloud API connection are sent over Meta's Marketing Messages API.
ALTER TABLE whatsapp_connections ADD COLUMN is_marketing_apart INTEGER DEFAULT 0 NOT NULL;
