-- Short links that come from elsewhere keep their slugs, which may be longer and have capitals and underscores. A visitor
-- finds them in any case, so two accounts never have slugs that differ by case alone. Their import can be undone.
ALTER TABLE short_links ADD COLUMN import_id VARCHAR(36);
CREATE INDEX short_links_by_import ON short_links (tenant_id, account_id, import_id, id);

-- [jooq ignore start]
${on_postgresql}ALTER TABLE short_links ALTER COLUMN slug TYPE VARCHAR(60);
CREATE INDEX short_links_by_slug_in_any_case ON short_links (LOWER(slug));
-- [jooq ignore stop]
