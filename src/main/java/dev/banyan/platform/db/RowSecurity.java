package dev.banyan.platform.db;

/// The second wall between tenants, which only PostgreSQL has (docs/decisions/0051).
public final class RowSecurity {

    /// What to do if it has no effect.
    public static final String BYPASSED = "PostgreSQL’s row-level security has no effect, because the role of"
            + " BANYAN_DATABASE_URL is a superuser or has BYPASSRLS; give Banyan a role of its own";

    private RowSecurity() {}

    /// Returns true if this role sees the rows of all tenants even in a transaction that is limited to one.
    @AllTenants("asks about the server, not about a tenant")
    public static boolean isBypassed(Tx tx) {
        return tx.sql()
                .fetchSingle("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
                .get(0, Boolean.class);
    }
}
