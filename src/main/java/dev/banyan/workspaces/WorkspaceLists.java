package dev.banyan.workspaces;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The workspaces of a project, newest first, for the project's side. A list never runs one query per row.
@Singleton
public final class WorkspaceLists {

    /// How many users one answer carries before the list of workspaces ends early and goes on elsewhere.
    private static final long USERS_AT_MOST = 10_000;

    /// Which part of a list is wanted.
    ///
    /// @param search part of the name or the pathname, or the short id; empty for all
    /// @param suspended only those, or only the active ones
    public record Wanted(String search, Optional<Boolean> suspended, Optional<WorkspaceId> after, int limit) {}

    /// @param users by workspace, of each the newest thousand
    public record WithUsers(
            Project project, Listed<Workspace, WorkspaceId> workspaces, Map<WorkspaceId, List<WorkspaceUser>> users) {}

    private final Database database;

    WorkspaceLists(Database database) {
        this.database = database;
    }

    /// Empty when there is no such project.
    public Listed<Workspace, WorkspaceId> list(AccountContext context, ProjectId project, Wanted wanted) {
        return database.read(tx -> list(tx, context.owner(), project, wanted));
    }

    /// @return empty when there is no such project
    public Optional<WithUsers> withUsers(AccountContext context, ProjectId id, Wanted wanted) {
        Owner owner = context.owner();
        return database.read(tx -> new ProjectStore(tx).find(owner, id).map(project -> {
            Listed<Workspace, WorkspaceId> listed = withinReason(list(tx, owner, id, wanted));
            return new WithUsers(
                    project,
                    listed,
                    new WorkspaceUserStore(tx)
                            .ofAll(
                                    owner.tenant(),
                                    listed.items().stream().map(Workspace::id).toList(),
                                    WorkspaceUsers.SHOWN_WITH_WORKSPACE));
        }));
    }

    private static Listed<Workspace, WorkspaceId> list(Tx tx, Owner owner, ProjectId project, Wanted wanted) {
        return Listed.of(
                new WorkspaceStore(tx)
                        .list(owner, project, wanted.search(), wanted.suspended(), wanted.after(), wanted.limit() + 1),
                wanted.limit(),
                Workspace::id);
    }

    private static Listed<Workspace, WorkspaceId> withinReason(Listed<Workspace, WorkspaceId> listed) {
        List<Workspace> workspaces = listed.items();
        long users = 0;
        for (int i = 0; i < workspaces.size(); i++) {
            users += Math.min(workspaces.get(i).users(), WorkspaceUsers.SHOWN_WITH_WORKSPACE);
            if (users > USERS_AT_MOST) {
                return Listed.of(workspaces, i, Workspace::id);
            }
        }
        return listed;
    }

    /// Those of these workspaces that are in the project, newest first.
    public List<Workspace> these(AccountContext context, ProjectId project, Collection<WorkspaceId> ids) {
        return ids.isEmpty()
                ? List.of()
                : database.read(tx -> new WorkspaceStore(tx).findAll(context.owner(), project, ids));
    }

    /// How many of a project's workspaces are suspended, counted no further than `most`.
    public int countSuspended(AccountContext context, ProjectId project, int most) {
        return database.read(tx -> new WorkspaceStore(tx).countSuspended(context.owner(), project, most));
    }

    /// The one that was marked, else the oldest; never a suspended one.
    public Optional<Workspace> findDefault(AccountContext context, ProjectId project) {
        return database.read(tx -> new WorkspaceStore(tx).findDefault(context.owner(), project));
    }
}
