package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.SetUpByPerson;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.AuditEntry;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Tells the owners what someone set up for all, and could go on using after they left: gateways, models and mail
/// servers that get what is written, single sign-on, users of workspaces. It works for everyone, so it stays until
/// an owner decides.
@Singleton
final class SharedThings implements SetUpByPerson {

    private static final int LISTED = 30;

    /// Acts that name an address or a login of somebody’s choice.
    private static final Set<String> ACTS = Set.of(
            "AssistantChanged",
            "ConnectionAdded",
            "ConnectionChanged",
            "DomainAdded",
            "MemberSsoChanged",
            "SenderProxySet",
            "WorkspaceMailServerChanged",
            "WorkspaceSsoChanged",
            "WorkspaceUserAdded",
            "WorkspaceUserInvited",
            "WorkspaceUsersImported");

    private final Audit audit;
    private final PeopleMails mails;

    SharedThings(Audit audit, PeopleMails mails) {
        this.audit = audit;
        this.mails = mails;
    }

    @Override
    public Set<String> columns() {
        return Set.of("assistants.endpoint", "whatsapp_connections.url", "workspace_mail_servers.from_address");
    }

    @Override
    public void reduced(Tx tx, Actor actor, Account root, IdentityId person, Optional<Membership> now) {
        if (now.filter(Membership::workspaces).isEmpty()) {
            List<String> done = audit.doneBy(tx, root.id(), person, ACTS, LISTED).stream()
                    .map(AuditEntry::sentence)
                    .distinct()
                    .toList();
            if (!done.isEmpty()) {
                String who =
                        new IdentityStore(tx).find(person).map(Identity::email).orElse("Someone");
                mails.leftBehind(tx, root, who, done);
            }
        }
    }
}
