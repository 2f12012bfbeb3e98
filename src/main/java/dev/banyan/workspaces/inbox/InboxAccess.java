package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;

/// Access to an inbox: for agents and admins of its workspace only.
final class InboxAccess {

    private InboxAccess() {}

    /// Returns the workspace, or empty if the member has no access or lost it.
    static Optional<Workspace> to(Tx tx, Member member) {
        Workspace own = member.workspace();
        return granted(Access.to(tx, member, Right.USE_INBOX, own.project(), own.id()));
    }

    /// The same, and locks the workspace, so that its users can't change until the end of the transaction.
    static Optional<Workspace> locked(Tx tx, Member member) {
        Workspace own = member.workspace();
        return granted(Access.locked(tx, member, Right.USE_INBOX, own.project(), own.id()));
    }

    private static Optional<Workspace> granted(Outcome<Workspace> access) {
        return access.fold(Optional::of, _ -> Optional.empty());
    }
}
