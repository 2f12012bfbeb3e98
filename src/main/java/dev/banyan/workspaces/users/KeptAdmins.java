package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.PasswordSignIn;

/// Whether a workspace needs an admin, so that it never ends without someone who can come in and manage it. All ways to
/// remove users or to change their roles ask here, in their transaction and with the workspace locked.
record KeptAdmins(PasswordSignIn passwords) {

    /// Admins that are asked whether passwords open the workspace for them.
    private static final int ASKED = 100;

    enum Need {
        NONE,
        /// The only admin.
        LAST,
        /// The only admin who doesn't depend on the sign-in provider.
        EMERGENCY
    }

    Need of(Tx tx, Workspace workspace, WorkspaceUser user) {
        var users = new WorkspaceUserStore(tx);
        AccountId tenant = workspace.owner().tenant();
        if (!user.isAdmin()) {
            return Need.NONE;
        }
        if (!users.hasAnotherAdmin(tenant, workspace.id(), user.id())) {
            return Need.LAST;
        }
        boolean isReplaceable = !passwords.isOpen(tx, workspace, user.id())
                || users.withRoles(tenant, workspace.id(), List.of(WorkspaceRole.ADMIN), ASKED).stream()
                        .anyMatch(other -> other.id() != user.id() && passwords.isOpen(tx, workspace, other.id()));
        return isReplaceable ? Need.NONE : Need.EMERGENCY;
    }
}
