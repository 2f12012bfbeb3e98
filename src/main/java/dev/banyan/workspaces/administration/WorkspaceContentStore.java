package dev.banyan.workspaces.administration;

import static dev.banyan.schema.Tables.CONVERSATIONS;
import static dev.banyan.schema.Tables.WORKSPACE_STORAGE;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Counts the contents of workspaces in a fixed number of queries, up to a limit.
public final class WorkspaceContentStore extends Store {

    public WorkspaceContentStore(Tx tx) {
        super(tx);
    }

    /// Counts the conversations of each workspace.
    ///
    /// @param most where counting stops
    public Map<WorkspaceId, Integer> conversations(AccountId tenant, List<WorkspaceId> workspaces, int most) {
        if (workspaces.isEmpty()) {
            return Map.of();
        }
        List<Field<Integer>> counts =
                workspaces.stream().map(id -> count(tenant, id, most)).toList();
        Record row = sql.select(counts).fetchSingle();
        var found = new HashMap<WorkspaceId, Integer>();
        for (int i = 0; i < workspaces.size(); i++) {
            found.put(workspaces.get(i), row.get(i, Integer.class));
        }
        return Map.copyOf(found);
    }

    private static Field<Integer> count(AccountId tenant, WorkspaceId id, int most) {
        var found = DSL.select(CONVERSATIONS.ID)
                .from(CONVERSATIONS)
                .where(CONVERSATIONS.TENANT_ID.eq(tenant), CONVERSATIONS.SUB_CLIENT_ID.eq(id))
                .limit(most)
                .asTable("found");
        return DSL.field(DSL.select(DSL.count()).from(found));
    }

    /// Counts files; leaves out workspaces without any.
    public Map<WorkspaceId, Long> files(AccountId tenant, List<WorkspaceId> workspaces) {
        return sql.select(WORKSPACE_STORAGE.SUB_CLIENT_ID, WORKSPACE_STORAGE.FILES)
                .from(WORKSPACE_STORAGE)
                .where(WORKSPACE_STORAGE.TENANT_ID.eq(tenant), WORKSPACE_STORAGE.SUB_CLIENT_ID.in(workspaces))
                .fetchMap(row -> row.value1(), row -> row.value2());
    }
}
