package dev.banyan.workspaces;

import module java.base;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;

/// Whether an actor may do something with a workspace. Checked in the transaction that does it, so that a right that
/// was revoked a moment ago no longer counts.
///
/// Outsiders get "not found"; insiders get "forbidden" when their role doesn't allow it.
public final class Access {

    private Access() {}

    /// Access for reading.
    public static Outcome<Workspace> to(Tx tx, WorkspaceActor actor, Right right, ProjectId project, WorkspaceId id) {
        return check(tx, actor, right, project, id, false);
    }

    /// Access for writing: locks the workspace until the end of the transaction. Operators who help only look.
    public static Outcome<Workspace> locked(
            Tx tx, WorkspaceActor actor, Right right, ProjectId project, WorkspaceId id) {
        actor.actor().refuseSupport();
        return check(tx, actor, right, project, id, true);
    }

    private static Outcome<Workspace> check(
            Tx tx, WorkspaceActor actor, Right right, ProjectId project, WorkspaceId id, boolean lock) {
        return switch (actor) {
            case WorkspaceActor.ProjectSide side -> {
                var owner = side.context().owner();
                tx.limitTo(owner.tenant());
                var store = new WorkspaceStore(tx);
                if (lock) {
                    store.lock(owner.tenant(), id);
                }
                Optional<Workspace> found = store.find(owner, project, id);
                yield found.map(Outcome::done).orElseGet(Outcome::notFound);
            }
            case WorkspaceActor.Member member -> {
                Workspace own = member.workspace();
                if (!own.id().equals(id) || !own.project().equals(project)) {
                    yield Outcome.notFound();
                }
                tx.limitTo(own.owner().tenant());
                var store = new WorkspaceStore(tx);
                if (lock) {
                    store.lock(own.owner().tenant(), id);
                }
                Optional<Workspace> found =
                        store.find(own.owner(), project, id).filter(workspace -> !workspace.suspended());
                Optional<WorkspaceUser> user = member.isVisitor()
                        ? Optional.of(member.user())
                        : new WorkspaceUserStore(tx)
                                .find(own.owner().tenant(), id, member.user().id());
                boolean works =
                        member.key().stream().allMatch(key -> key.stillWorks().test(tx));
                if (found.isEmpty() || user.isEmpty() || !works) {
                    yield Outcome.notFound();
                }
                yield right.isOf(user.get().role()) ? Outcome.done(found.get()) : Outcome.forbidden();
            }
        };
    }
}
