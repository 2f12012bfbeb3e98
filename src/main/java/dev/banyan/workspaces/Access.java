package dev.banyan.workspaces;

import dev.banyan.platform.db.Tx;
import java.util.Optional;

/// Whether somebody may do something with a workspace: looked up in the transaction that does it, so that what was
/// taken from an actor a moment ago is gone.
///
/// Outsiders find nothing; insiders whose role does not allow it learn that.
public sealed interface Access {

    record Granted(Workspace workspace) implements Access {}

    record Unknown() implements Access {}

    record Forbidden() implements Access {}

    /// To read.
    static Access to(Tx tx, WorkspaceActor actor, Right right, ProjectId project, WorkspaceId id) {
        return check(tx, actor, right, project, id, false);
    }

    /// To write: the workspace is held until the end of the transaction.
    static Access locked(Tx tx, WorkspaceActor actor, Right right, ProjectId project, WorkspaceId id) {
        return check(tx, actor, right, project, id, true);
    }

    private static Access check(
            Tx tx, WorkspaceActor actor, Right right, ProjectId project, WorkspaceId id, boolean lock) {
        var store = new WorkspaceStore(tx);
        return switch (actor) {
            case WorkspaceActor.ProjectSide side -> {
                var owner = side.context().owner();
                if (lock) {
                    store.lock(owner.tenant(), id);
                }
                Optional<Workspace> found = store.find(owner, project, id);
                yield found.isPresent() ? new Granted(found.get()) : new Unknown();
            }
            case WorkspaceActor.Member member -> {
                Workspace own = member.workspace();
                if (!own.id().equals(id) || !own.project().equals(project)) {
                    yield new Unknown();
                }
                if (lock) {
                    store.lock(own.owner().tenant(), id);
                }
                Optional<Workspace> found =
                        store.find(own.owner(), project, id).filter(workspace -> !workspace.suspended());
                Optional<WorkspaceUser> user = new WorkspaceUserStore(tx)
                        .find(own.owner().tenant(), id, member.user().id());
                if (found.isEmpty() || user.isEmpty()) {
                    yield new Unknown();
                }
                yield right.isOf(user.get().role()) ? new Granted(found.get()) : new Forbidden();
            }
        };
    }
}
