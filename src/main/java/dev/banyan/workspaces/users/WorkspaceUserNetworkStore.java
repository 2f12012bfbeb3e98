package dev.banyan.workspaces.users;

import static dev.banyan.schema.Tables.WORKSPACE_USER_NETWORKS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceId;

/// Networks from which workspace users have signed in, stored as digests.
public final class WorkspaceUserNetworkStore extends Store {

    public WorkspaceUserNetworkStore(Tx tx) {
        super(tx);
    }

    public boolean knowsSince(AccountId tenant, WorkspaceId workspace, int user, String hash, Instant since) {
        return sql.fetchExists(
                WORKSPACE_USER_NETWORKS,
                WORKSPACE_USER_NETWORKS.TENANT_ID.eq(tenant),
                WORKSPACE_USER_NETWORKS.SUB_CLIENT_ID.eq(workspace),
                WORKSPACE_USER_NETWORKS.USER_ID.eq(user),
                WORKSPACE_USER_NETWORKS.NETWORK_HASH.eq(hash),
                WORKSPACE_USER_NETWORKS.SEEN_AT.ge(since));
    }

    public void remember(AccountId tenant, WorkspaceId workspace, int user, String hash, Instant now) {
        put(
                WORKSPACE_USER_NETWORKS,
                new Columns()
                        .with(WORKSPACE_USER_NETWORKS.TENANT_ID, tenant)
                        .with(WORKSPACE_USER_NETWORKS.SUB_CLIENT_ID, workspace)
                        .with(WORKSPACE_USER_NETWORKS.USER_ID, user)
                        .with(WORKSPACE_USER_NETWORKS.NETWORK_HASH, hash),
                new Columns().with(WORKSPACE_USER_NETWORKS.SEEN_AT, now));
    }

    /// Forgets the networks of a user, as if they had never signed in.
    void forget(AccountId tenant, WorkspaceId workspace, int user) {
        sql.deleteFrom(WORKSPACE_USER_NETWORKS)
                .where(
                        WORKSPACE_USER_NETWORKS.TENANT_ID.eq(tenant),
                        WORKSPACE_USER_NETWORKS.SUB_CLIENT_ID.eq(workspace),
                        WORKSPACE_USER_NETWORKS.USER_ID.eq(user))
                .execute();
    }

    /// Deletes networks without a sign-in since then, a limited number at a time.
    @AllTenants("a job deletes old networks of all tenants")
    public int deleteSeenBefore(Instant then, int limit) {
        List<String> old = sql.select(WORKSPACE_USER_NETWORKS.NETWORK_HASH)
                .from(WORKSPACE_USER_NETWORKS)
                .where(WORKSPACE_USER_NETWORKS.SEEN_AT.lt(then))
                .limit(limit)
                .fetch(WORKSPACE_USER_NETWORKS.NETWORK_HASH);
        return sql.deleteFrom(WORKSPACE_USER_NETWORKS)
                .where(WORKSPACE_USER_NETWORKS.NETWORK_HASH.in(old), WORKSPACE_USER_NETWORKS.SEEN_AT.lt(then))
                .execute();
    }
}
