-- The second wall between tenants (docs/decisions/0051). A transaction that is limited to a tenant sees and writes rows of
-- that tenant alone, whatever its WHERE says; one that is not limited sees all. Runs after every migration, so that a new
-- table with a tenant_id has its wall without being mentioned. Without it are tables whose rows are found by beginnings or by
-- lower(): PostgreSQL checks such conditions after the wall, so they could no longer use their indexes.
DO $$
DECLARE
    guarded RECORD;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('banyan walls')); -- nodes may start at the same time
    FOR guarded IN
        SELECT tables.oid::regclass AS name
        FROM pg_class AS tables
        JOIN pg_attribute AS columns ON columns.attrelid = tables.oid
        WHERE tables.relkind = 'r' AND tables.relnamespace = current_schema()::regnamespace
            AND columns.attname = 'tenant_id' AND NOT columns.attisdropped
            AND right(tables.relname, 6) <> '_words'
            AND tables.relname NOT IN ('sub_client_users', 'workspace_registrations')
            AND NOT (tables.relrowsecurity AND tables.relforcerowsecurity)
    LOOP
        EXECUTE format('CREATE POLICY one_tenant ON %s USING (
            (SELECT nullif(current_setting(''banyan.tenant'', true), '''')) IS NULL
            OR tenant_id = (SELECT current_setting(''banyan.tenant'', true)))', guarded.name);
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', guarded.name);
    END LOOP;
END
$$;

-- A sub-account that moves takes its rows along in one transaction, parents and children in any order
-- (docs/decisions/0054): foreign keys can wait for its end. They are checked at once everywhere else.
DO $$
DECLARE
    tied RECORD;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('banyan walls'));
    FOR tied IN
        SELECT conrelid::regclass AS name, conname
        FROM pg_constraint
        WHERE contype = 'f' AND NOT condeferrable AND connamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY IMMEDIATE', tied.name, tied.conname);
    END LOOP;
END
$$;
