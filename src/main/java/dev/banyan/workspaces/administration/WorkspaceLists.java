package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceQuery;
import dev.banyan.workspaces.WorkspaceQuery.Cursor;
import dev.banyan.workspaces.WorkspaceQuery.Order;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import jakarta.inject.Singleton;

/// The workspaces of a project, for the project's side. No list runs a query per row.
@Singleton
public record WorkspaceLists(Database database) {

    /// The most users in one response; beyond that, the list of workspaces ends early and continues on the next page.
    private static final long USERS_AT_MOST = 10_000;

    /// @param users by workspace, the newest thousand of each
    public record WithUsers(
            Project project, Slice<Workspace, Cursor> workspaces, Map<WorkspaceId, List<WorkspaceUser>> users) {}

    /// Lists workspaces; empty if the project doesn't exist.
    public Slice<Workspace, Cursor> list(AccountContext context, ProjectId project, WorkspaceQuery wanted) {
        return database.read(tx -> list(tx, context.owner(), project, wanted));
    }

    /// @return empty if the project doesn't exist
    public Optional<WithUsers> withUsers(AccountContext context, ProjectId id, WorkspaceQuery wanted) {
        Owner owner = context.owner();
        return database.read(tx -> new ProjectStore(tx).find(owner, id).map(project -> {
            Slice<Workspace, Cursor> listed = withinReason(list(tx, owner, id, wanted), wanted.order());
            return new WithUsers(
                    project,
                    listed,
                    new WorkspaceUserStore(tx)
                            .ofAll(
                                    owner.tenant(),
                                    listed.items().stream().map(Workspace::id).toList(),
                                    WorkspaceUser.SHOWN_WITH_WORKSPACE));
        }));
    }

    private static Slice<Workspace, Cursor> list(Tx tx, Owner owner, ProjectId project, WorkspaceQuery wanted) {
        return Slice.of(
                new WorkspaceStore(tx).list(owner, project, wanted.andOneMore()),
                wanted.limit(),
                workspace -> Cursor.of(workspace, wanted.order()));
    }

    private static Slice<Workspace, Cursor> withinReason(Slice<Workspace, Cursor> listed, Order order) {
        List<Workspace> workspaces = listed.items();
        long users = 0;
        for (int i = 0; i < workspaces.size(); i++) {
            users += Math.min(workspaces.get(i).users(), WorkspaceUser.SHOWN_WITH_WORKSPACE);
            if (users > USERS_AT_MOST) {
                return Slice.of(workspaces, i, workspace -> Cursor.of(workspace, order));
            }
        }
        return listed;
    }

    /// Returns those of these workspaces that are in the project, newest first.
    public List<Workspace> these(AccountContext context, ProjectId project, Collection<WorkspaceId> ids) {
        return ids.isEmpty()
                ? List.of()
                : database.read(
                        context.owner().tenant(), tx -> new WorkspaceStore(tx).findAll(context.owner(), project, ids));
    }

    /// Counts the workspaces that match, up to the query's limit.
    public int count(AccountContext context, ProjectId project, WorkspaceQuery query) {
        return database.read(
                context.owner().tenant(), tx -> new WorkspaceStore(tx).count(context.owner(), project, query));
    }
}
