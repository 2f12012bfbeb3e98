package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Language;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.OwnPath;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.PasswordSignIn;
import dev.banyan.workspaces.mail.WorkspaceMails;
import jakarta.inject.Singleton;

/// Password reset links for workspace users, sent by an admin. [PasswordLinkRequests] are those of the sign-in page.
@Singleton
record PasswordLinks(
        Database database,
        Mails mails,
        WorkspaceMails workspaceMails,
        Settings settings,
        PasswordSignIn passwordSignIn,
        MailAllowances allowances,
        Audit audit,
        Clock clock) {

    static final Duration LIFE = Duration.ofDays(1);

    /// Result of an admin's request.
    public sealed interface Sent {

        /// @param link to be shown to the admin, if this server sends no email
        record Done(WorkspaceUser user, Optional<String> link) implements Sent {}

        record UserNotFound() implements Sent {}

        /// The sender hasn't confirmed their own email yet.
        record Unconfirmed() implements Sent {}

        /// The user comes from a sign-in provider, and has no password here.
        record PasswordsOff() implements Sent {}

        record Refused(Refusal refusal) implements Sent {}
    }

    public Sent send(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, int userId) {
        Optional<Duration> wait = allowances.take(actor, project, workspace);
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_USERS, project, workspace)
                .fold(
                        found -> {
                            Optional<WorkspaceUser> user = new WorkspaceUserStore(tx)
                                    .find(found.owner().tenant(), workspace, userId);
                            if (user.isEmpty()) {
                                return new Sent.UserNotFound();
                            }
                            if (!passwordSignIn.isOpen(tx, found, userId)) {
                                return new Sent.PasswordsOff();
                            }
                            if (!allowances.mayMail(tx, actor, found)) {
                                return new Sent.Unconfirmed();
                            }
                            if (wait.isPresent()) {
                                return new Sent.Refused(new Refusal.TooMany(wait.get()));
                            }
                            boolean isShown = !workspaceMails.isMailing(tx, found);
                            String link = send(tx, found, user.get(), isShown, Optional.empty());
                            note(tx, actor.actor(), found, user.get(), actor.auditDetails());
                            return new Sent.Done(user.get(), Optional.of(link).filter(_ -> isShown));
                        },
                        Sent.Refused::new));
    }

    /// Parses a user's number; malformed ones match no user.
    static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    /// Sends a link that the user has asked for, in the caller's transaction.
    ///
    /// @param next the page of the workspace to which it leads on
    void send(Tx tx, Actor actor, Workspace workspace, WorkspaceUser user, Optional<String> next) {
        send(tx, workspace, user, false, next);
        note(tx, actor, workspace, user, Map.of());
    }

    /// @return the link, for admins only
    private String send(Tx tx, Workspace workspace, WorkspaceUser user, boolean isShown, Optional<String> next) {
        Instant now = clock.instant();
        String token = Digests.newToken();
        String link = Invitations.linkTo(settings, workspace, token) + OwnPath.asNext(next);
        new InvitationStore(tx)
                .put(
                        workspace.owner().tenant(),
                        Digests.sha256Hex(token),
                        new Invitation(
                                workspace.id(),
                                Optional.of(user.username()),
                                user.email(),
                                user.role(),
                                Optional.of(user.id()),
                                Optional.empty(),
                                isShown,
                                now,
                                now.plus(LIFE)));
        Language language = workspace.brand().language();
        mails.sendFrom(
                tx,
                workspace,
                MailKind.SIGN_IN,
                user.email(),
                language.say("Choose a new password for %s", workspace.name()),
                language.say("""
                        We received a request for a new password for “%1$s” in the workspace “%2$s”.

                        Open this link to choose a new password:
                        %3$s

                        The link works once and expires after 24 hours. If you didn't ask for it, ignore this email.
                        """).formatted(user.username(), workspace.name(), link));
        return link;
    }

    private void note(Tx tx, Actor actor, Workspace workspace, WorkspaceUser user, Map<String, Object> more) {
        Map<String, Object> details = new HashMap<>(more);
        details.put("user", user.id());
        details.put("username", user.username());
        audit.note(tx, actor, workspace, "WorkspacePasswordLinkSent", details);
    }
}
