package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.AuditFilter;
import dev.banyan.platform.audit.LastingActs;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import jakarta.inject.Singleton;

/// Tells the other admins of a workspace what a former admin set up for everyone: the assistant’s server, the mail
/// server, single sign-on, users. Without another admin, the owners of the account are told.
@Singleton
public record LeavingAdmins(Audit audit, Mails mails, Settings settings) {

    private static final int MOST_ADMINS = 20;

    /// To be called in the transaction that took the role, after it did.
    void tell(Tx tx, Workspace workspace, WorkspaceUser former) {
        AccountId tenant = workspace.owner().tenant();
        List<String> done = audit.lasting(
                tx,
                tenant,
                new AuditFilter.By.Named("workspaceUser", Integer.toString(former.id())),
                workspace.id().value(),
                LastingActs.IN_WORKSPACES);
        if (!done.isEmpty()) {
            String subject = "Look at what %s set up for %s".formatted(former.username(), workspace.name());
            String body = """
                    “%s” (%s) is no longer an admin of the workspace “%s”. What they set up for everyone still works. \
                    Make sure that its addresses and logins are yours:

                    %s

                    The audit log says when: %s/audit
                    """.formatted(
                            former.username(),
                            former.email(),
                            workspace.name(),
                            "- " + String.join("\n- ", done),
                            WorkspacePaths.address(settings, workspace));
            told(tx, workspace).forEach(email -> send(tx, workspace, email, subject, body));
        }
    }

    private static List<String> told(Tx tx, Workspace workspace) {
        AccountId tenant = workspace.owner().tenant();
        List<String> admins = new WorkspaceUserStore(tx)
                .withRoles(tenant, workspace.id(), List.of(WorkspaceRole.ADMIN), MOST_ADMINS).stream()
                        .map(WorkspaceUser::email)
                        .toList();
        return admins.isEmpty() ? new IdentityStore(tx).ownerEmails(tenant) : admins;
    }

    /// Not through the workspace’s own mail server, if there is another: it may be what this is about.
    private void send(Tx tx, Workspace workspace, String email, String subject, String body) {
        if (mails.isConnected()) {
            mails.send(tx, MailKind.NOTICE, email, subject, body);
        } else {
            mails.sendFrom(tx, workspace, MailKind.NOTICE, email, subject, body);
        }
    }
}
