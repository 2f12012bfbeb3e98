package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.WorkspaceKey;
import dev.banyan.workspaces.access.WorkspaceKeyStore;
import dev.banyan.workspaces.access.WorkspaceSessions;

/// Everything by which a user comes into a workspace, or has let others in, besides sign-in providers, whose room is
/// above this one. `WaysInTest` compares it with the schema.
///
/// @param clock for the password's time of change
record UserWaysIn(WorkspaceSessions sessions, Audit audit, Clock clock) {

    /// Ends all of it, in a transaction that holds the workspace. The password goes first: who signs in with it at this
    /// moment waits for the workspace, and finds it gone.
    void end(Tx tx, Actor actor, Map<String, Object> details, Workspace workspace, WorkspaceUser user) {
        AccountId tenant = workspace.owner().tenant();
        new WorkspaceUserStore(tx)
                .setPasswordHash(tenant, workspace.id(), user.id(), Passwords.NO_PASSWORD, clock.instant());
        new InvitationStore(tx).deleteOf(tenant, workspace.id(), user.id());
        new WaitingRegistrationStore(tx).deleteOf(tenant, workspace.id(), user.email());
        for (WorkspaceKey key : new WorkspaceKeyStore(tx).deleteMadeBy(tenant, workspace.id(), user.id())) {
            note(tx, actor, details, workspace, "WorkspaceKeyDeleted", "name", key.name());
        }
        endInvitations(tx, actor, details, workspace, user);
        new WorkspaceUserNetworkStore(tx).forget(tenant, workspace.id(), user.id());
        sessions.closeAll(tx, tenant, user);
    }

    /// Revokes the invitations of a user who may no longer send them: they would be a way back in.
    void endInvitations(Tx tx, Actor actor, Map<String, Object> details, Workspace workspace, WorkspaceUser sender) {
        for (String email :
                new InvitationStore(tx).deleteSentBy(workspace.owner().tenant(), workspace.id(), sender.id())) {
            note(tx, actor, details, workspace, "WorkspaceInvitationRevoked", "email", email);
        }
    }

    private void note(
            Tx tx,
            Actor actor,
            Map<String, Object> more,
            Workspace workspace,
            String action,
            String detail,
            String value) {
        Map<String, Object> details = new HashMap<>(more);
        details.put(detail, value);
        audit.note(tx, actor, workspace, action, details);
    }
}
