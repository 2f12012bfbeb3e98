package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.CONVERSATIONS;
import static dev.banyan.schema.Tables.MESSAGES;
import static dev.banyan.schema.Tables.PROJECTS;
import static dev.banyan.schema.Tables.SUB_CLIENTS;
import static dev.banyan.schema.Tables.SUB_CLIENT_USERS;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;

/// Erases what an account's projects hold, a bounded number of rows at a time.
final class WorkspaceErasureStore {

    /// A workspace that goes.
    record Erased(WorkspaceId id, String shortId) {}

    private final DSLContext sql;

    WorkspaceErasureStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Any workspace of the account that is left.
    Optional<Erased> next(Owner owner) {
        return sql.select(SUB_CLIENTS.ID, SUB_CLIENTS.SHORT_ID)
                .from(PROJECTS)
                .join(SUB_CLIENTS)
                .on(SUB_CLIENTS.TENANT_ID.eq(PROJECTS.TENANT_ID), SUB_CLIENTS.PROJECT_ID.eq(PROJECTS.ID))
                .where(PROJECTS.TENANT_ID.eq(owner.tenant()), PROJECTS.ACCOUNT_ID.eq(owner.account()))
                .limit(1)
                .fetchOptional(row -> new Erased(new WorkspaceId(row.value1()), row.value2()));
    }

    /// @return how many rows went; fewer than `most` when nothing is left in the workspace
    int eraseContents(Owner owner, WorkspaceId workspace, int most) {
        int gone = erase(
                MESSAGES,
                MESSAGES.ID,
                MESSAGES.TENANT_ID.eq(owner.tenant()).and(MESSAGES.SUB_CLIENT_ID.eq(workspace.value())),
                most);
        gone += erase(
                CONVERSATIONS,
                CONVERSATIONS.ID,
                CONVERSATIONS.TENANT_ID.eq(owner.tenant()).and(CONVERSATIONS.SUB_CLIENT_ID.eq(workspace.value())),
                most - gone);
        gone += erase(
                SUB_CLIENT_USERS,
                SUB_CLIENT_USERS.ID,
                SUB_CLIENT_USERS.TENANT_ID.eq(owner.tenant()).and(SUB_CLIENT_USERS.SUB_CLIENT_ID.eq(workspace.value())),
                most - gone);
        return gone;
    }

    /// Projects without workspaces.
    int eraseProjects(Owner owner, int most) {
        return erase(
                PROJECTS,
                PROJECTS.ID,
                PROJECTS.TENANT_ID.eq(owner.tenant()).and(PROJECTS.ACCOUNT_ID.eq(owner.account())),
                most);
    }

    private <T> int erase(Table<?> table, Field<T> id, Condition which, int most) {
        if (most <= 0) {
            return 0;
        }
        List<T> ids = sql.select(id).from(table).where(which).limit(most).fetch(id);
        return ids.isEmpty()
                ? 0
                : sql.deleteFrom(table).where(which, id.in(ids)).execute();
    }
}
