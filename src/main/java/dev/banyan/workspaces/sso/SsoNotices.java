package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.sso.realm.CutLinkNotices;
import dev.banyan.platform.sso.realm.SsoCutLinkStore.CutLink;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/// Tells the admins of a workspace what became of users whose address was never proved here.
@Singleton
final class SsoNotices extends CutLinkNotices<Integer> {

    private static final int MOST_ADMINS = 20;

    private final Mails mails;
    private final Settings settings;
    private final Audit audit;

    SsoNotices(Database database, Mails mails, Settings settings, Audit audit, MeterRegistry registry, Clock clock) {
        super(database, registry, "workspace", clock);
        this.mails = mails;
        this.settings = settings;
        this.audit = audit;
    }

    /// A provider’s person is now a user whose address was not proved here, and whose former ways in have ended.
    void recognized(Tx tx, Workspace workspace, WorkspaceUser user, String provider) {
        tell(
                tx,
                workspace,
                user.id(),
                "A user of %s was recognized by email".formatted(workspace.name()),
                """
                “%s” has signed in to the workspace “%s” with %s.

                A user with the email %s was there already, but the email had never been proved. So everything that let that
                user in before has ended: the password, sessions, API keys and invitations they sent. The user is
                now the person at the provider.

                If you don’t know this user, look at what they did before, and remove them:
                %s
                """.formatted(user.username(), workspace.name(), provider, user.email(), users(workspace)));
    }

    private String users(Workspace workspace) {
        return WorkspacePaths.address(settings, workspace) + "/users";
    }

    private void tell(Tx tx, Workspace workspace, int except, String subject, String body) {
        AccountId tenant = workspace.owner().tenant();
        List<String> admins = new WorkspaceUserStore(tx)
                .withRoles(tenant, workspace.id(), List.of(WorkspaceRole.ADMIN), MOST_ADMINS).stream()
                        .filter(admin -> admin.id() != except)
                        .map(WorkspaceUser::email)
                        .toList();
        List<String> told = admins.isEmpty() ? new IdentityStore(tx).ownerEmails(tenant) : admins;
        told.forEach(email -> mails.sendFrom(tx, workspace, MailKind.NOTICE, email, subject, body));
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "1m",
                "20s",
                "tell-cut-links",
                "Tells admins which links to sign-in providers were cut.",
                this::tellCutLinks);
    }

    @Override
    protected WorkspaceCutLinkStore cutLinks(Tx tx) {
        return new WorkspaceCutLinkStore(tx);
    }

    @Override
    protected void tellCut(Tx tx, CutLink<Integer> link) {
        new WorkspaceStore(tx)
                .findById(new WorkspaceId(link.owner().id()))
                .map(WorkspaceStore.Visited::workspace)
                .ifPresent(workspace -> tellCut(tx, workspace, link));
    }

    private void tellCut(Tx tx, Workspace workspace, CutLink<Integer> link) {
        audit.note(
                tx,
                Actor.SERVER,
                workspace,
                "WorkspaceUserUnlinked",
                Map.of("user", link.person(), "email", link.email()));
        tell(tx, workspace, link.person(), "A user of %s signs in again".formatted(workspace.name()), """
                The user with the email %s in the workspace “%s” was recognized by that email when they signed in with
                single sign-on. The email was never proved here, so we cut that link and signed them out.

                When they sign in with single sign-on again, they are the same user, and everything else that let them in
                ends: the password, API keys and invitations they sent. If you don’t know this user, remove them:
                %s
                """.formatted(
                        link.email(), workspace.name(), users(workspace)));
    }
}
