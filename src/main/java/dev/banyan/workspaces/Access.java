package dev.banyan.workspaces;

import module java.base;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;

/// Whether an actor may do something with a workspace. Checked in the transaction that does it, so that a right that
/// was revoked a moment ago no longer counts.
///
/// Outsiders get "not found"; insiders get "forbidden" when their role doesn't allow it.
public sealed interface Access {

    record Granted(Workspace workspace) implements Access {}

    record NotFound() implements Access {}

    record Forbidden() implements Access {}

    /// Returns what either case becomes, such as a result of an operation.
    default <R> R fold(Function<Workspace, R> granted, Function<Refusal, R> refused) {
        return switch (this) {
            case Granted(Workspace workspace) -> granted.apply(workspace);
            case NotFound _ -> refused.apply(new Refusal.NotFound());
            case Forbidden _ -> refused.apply(new Refusal.Forbidden());
        };
    }

    /// Does the work if access is granted.
    default <T> Outcome<T> then(Function<Workspace, Outcome<T>> work) {
        return fold(work, Outcome::refused);
    }

    /// Access for reading.
    static Access to(Tx tx, WorkspaceActor actor, Right right, ProjectId project, WorkspaceId id) {
        return check(tx, actor, right, project, id, false);
    }

    /// Access for writing: locks the workspace until the end of the transaction.
    static Access locked(Tx tx, WorkspaceActor actor, Right right, ProjectId project, WorkspaceId id) {
        return check(tx, actor, right, project, id, true);
    }

    private static Access check(
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
                yield found.isPresent() ? new Granted(found.get()) : new NotFound();
            }
            case WorkspaceActor.Member member -> {
                Workspace own = member.workspace();
                if (!own.id().equals(id) || !own.project().equals(project)) {
                    yield new NotFound();
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
                    yield new NotFound();
                }
                yield right.isOf(user.get().role()) ? new Granted(found.get()) : new Forbidden();
            }
        };
    }
}
