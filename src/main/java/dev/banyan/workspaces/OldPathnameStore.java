package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.WORKSPACE_OLD_PATHNAMES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;

/// Former addresses of workspaces, which still lead there.
public final class OldPathnameStore extends Store {

    public OldPathnameStore(Tx tx) {
        super(tx);
    }

    /// Records a former address of the workspace and drops its current address from the former ones.
    public void renamed(AccountId tenant, WorkspaceId id, String from, String to) {
        sql.insertInto(WORKSPACE_OLD_PATHNAMES)
                .set(WORKSPACE_OLD_PATHNAMES.SUB_CLIENT_ID, id)
                .set(WORKSPACE_OLD_PATHNAMES.TENANT_ID, tenant)
                .set(WORKSPACE_OLD_PATHNAMES.PATHNAME, from)
                .onConflictDoNothing()
                .execute();
        sql.deleteFrom(WORKSPACE_OLD_PATHNAMES).where(is(tenant, id, to)).execute();
    }

    public boolean hadPathname(AccountId tenant, WorkspaceId id, String pathname) {
        return sql.fetchExists(WORKSPACE_OLD_PATHNAMES, is(tenant, id, pathname));
    }

    private static Condition is(AccountId tenant, WorkspaceId id, String pathname) {
        return WORKSPACE_OLD_PATHNAMES
                .TENANT_ID
                .eq(tenant)
                .and(WORKSPACE_OLD_PATHNAMES.SUB_CLIENT_ID.eq(id))
                .and(WORKSPACE_OLD_PATHNAMES.PATHNAME.eq(pathname));
    }
}
