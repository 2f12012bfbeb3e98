package dev.banyan.workspaces.access;

import static dev.banyan.schema.Tables.WORKSPACE_LIMITS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Limit;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// How many workspaces a tenant has and may have.
public final class WorkspaceLimitStore extends Store {

    public WorkspaceLimitStore(Tx tx) {
        super(tx);
    }

    /// The tenant's own limit; empty if the server's setting applies.
    public Optional<Limit> own(AccountId tenant) {
        return sql.fetchOptionalValue(WORKSPACE_LIMITS.MAX_SUB_CLIENTS, WORKSPACE_LIMITS.TENANT_ID.eq(tenant))
                .map(Limit::new);
    }

    /// The limit in force.
    public Limit max(AccountId tenant, Limit server) {
        return own(tenant).orElse(server);
    }

    /// @param max empty to use the server's setting
    public void setMax(AccountId tenant, Optional<Long> max) {
        begin(tenant);
        sql.update(WORKSPACE_LIMITS)
                .set(WORKSPACE_LIMITS.MAX_SUB_CLIENTS, max.orElse(null))
                .where(WORKSPACE_LIMITS.TENANT_ID.eq(tenant))
                .execute();
    }

    private void begin(AccountId tenant) {
        sql.insertInto(WORKSPACE_LIMITS)
                .set(WORKSPACE_LIMITS.TENANT_ID, tenant)
                .set(WORKSPACE_LIMITS.USED, 0L)
                .onConflictDoNothing()
                .execute();
    }

    public long used(AccountId tenant) {
        return sql.fetchOptionalValue(WORKSPACE_LIMITS.USED, WORKSPACE_LIMITS.TENANT_ID.eq(tenant))
                .orElse(0L);
    }

    /// Takes one place if fewer than `limit` are taken. Checks and takes in one statement, so that two callers can't
    /// both take the last one.
    public boolean take(AccountId tenant, Limit limit) {
        begin(tenant);
        return Tx.changed(sql.update(WORKSPACE_LIMITS)
                .set(WORKSPACE_LIMITS.USED, WORKSPACE_LIMITS.USED.plus(1))
                .where(WORKSPACE_LIMITS.TENANT_ID.eq(tenant), WORKSPACE_LIMITS.USED.lt(limit.ceiling(0))));
    }

    /// Counts workspaces that came from another tenant, or went to one, whatever the limit.
    public void add(AccountId tenant, long workspaces) {
        begin(tenant);
        sql.update(WORKSPACE_LIMITS)
                .set(WORKSPACE_LIMITS.USED, WORKSPACE_LIMITS.USED.plus(workspaces))
                .where(WORKSPACE_LIMITS.TENANT_ID.eq(tenant))
                .execute();
    }

    public void giveBack(AccountId tenant) {
        sql.update(WORKSPACE_LIMITS)
                .set(WORKSPACE_LIMITS.USED, WORKSPACE_LIMITS.USED.minus(1))
                .where(WORKSPACE_LIMITS.TENANT_ID.eq(tenant))
                .execute();
    }
}
