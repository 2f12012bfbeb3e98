package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Language;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.mail.WorkspaceMails;
import jakarta.inject.Singleton;

/// Invitations to become a user of a workspace: a mailed link to choose a username and password. The project's side and
/// the workspace's admins send, resend and revoke them.
@Singleton
public record Invitations(
        Database database,
        Mails mails,
        WorkspaceMails workspaceMails,
        Settings settings,
        MailAllowances allowances,
        Audit audit,
        Clock clock)
        implements Expiring {

    static final Duration LIFE = Duration.ofDays(7);
    private static final Duration SHOWN_AFTER_END = Duration.ofDays(30);

    /// Result of an invitation.
    public sealed interface Invited {

        /// @param link to be shown to the person who invites, if this server sends no email
        record Done(Invitation invitation, Optional<String> link) implements Invited {}

        /// A user with this email exists.
        record AlreadyUser() implements Invited {}

        /// The sender hasn't confirmed their own email yet.
        record Unconfirmed() implements Invited {}

        record Refused(Refusal refusal) implements Invited {}
    }

    /// An invitation and its link, which can't be read again.
    public record Issued(Invitation invitation, String link) {}

    private static final Invalid UNCONFIRMED = new Invalid(
            "email",
            "Confirm your email address first",
            "Confirm your own email address first: open the link in the email we sent you.");

    /// Result of revoking an invitation.
    public sealed interface Revoked {

        record Done() implements Revoked {}

        /// There is no invitation for this email.
        record NotInvited() implements Revoked {}

        record Refused(Refusal refusal) implements Revoked {}
    }

    /// Sends a link. Inviting the same email again sends a new link and invalidates the old one.
    public Invited invite(
            WorkspaceActor actor, ProjectId project, WorkspaceId workspace, String typed, WorkspaceRole role) {
        Optional<Invalid> broken = WorkspaceUserRules.brokenEmail(typed);
        Optional<Duration> wait = broken.isPresent() ? Optional.empty() : allowances.take(actor, project, workspace);
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_USERS, project, workspace)
                .fold(
                        found -> {
                            if (!actor.mayGive(role)) {
                                return new Invited.Refused(new Refusal.Forbidden());
                            }
                            if (broken.isPresent()) {
                                return new Invited.Refused(new Refusal.Rejected(List.of(broken.get())));
                            }
                            if (!allowances.mayMail(tx, actor, found)) {
                                return new Invited.Unconfirmed();
                            }
                            return wait.<Invited>map(time -> new Invited.Refused(new Refusal.TooMany(time)))
                                    .orElseGet(() -> invite(tx, actor, found, Names.lower(typed), role));
                        },
                        Invited.Refused::new));
    }

    private Invited invite(Tx tx, WorkspaceActor actor, Workspace workspace, String email, WorkspaceRole role) {
        AccountId tenant = workspace.owner().tenant();
        if (new WorkspaceUserStore(tx)
                .findByEmail(tenant, workspace.id(), email)
                .isPresent()) {
            return new Invited.AlreadyUser();
        }
        Optional<String> username = new InvitationStore(tx)
                .findByEmail(tenant, workspace.id(), email)
                .flatMap(Invitation::username);
        Issued issued = send(tx, actor, workspace, username, email, role);
        note(tx, actor, workspace, "WorkspaceUserInvited", email);
        return new Invited.Done(
                issued.invitation(), Optional.of(issued.link()).filter(_ -> !workspaceMails.isMailing(tx, workspace)));
    }

    /// Returns what is wrong with the email of an invitation.
    public static List<Invalid> invalid(String email) {
        return WorkspaceUserRules.brokenEmail(email).map(List::of).orElseGet(List::of);
    }

    /// Invites the first user of a workspace that is created in the same transaction.
    ///
    /// @param email valid
    /// @return the link, if this server sends no email
    public Optional<String> inviteFirst(Tx tx, WorkspaceActor actor, Workspace workspace, String email) {
        Issued issued = send(tx, actor, workspace, Optional.empty(), Names.lower(email), WorkspaceRole.ADMIN);
        note(tx, actor, workspace, "WorkspaceUserInvited", issued.invitation().email());
        return Optional.of(issued.link()).filter(_ -> !workspaceMails.isMailing(tx, workspace));
    }

    /// Returns true if an invitation to this email, in lower case, waits for an answer.
    public boolean isPending(Tx tx, Workspace workspace, String email) {
        return new InvitationStore(tx)
                .findByEmail(workspace.owner().tenant(), workspace.id(), email)
                .filter(invitation ->
                        invitation.isForNewUser() && invitation.expiresAt().isAfter(clock.instant()))
                .isPresent();
    }

    /// Makes a new link for a pending invitation, to pass on by hand instead of a mail. The old link stops working.
    public Outcome<Issued> copyLink(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, String typed) {
        Optional<Duration> wait = allowances.take(actor, project, workspace);
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_USERS, project, workspace)
                .then(found -> {
                    if (!allowances.mayMail(tx, actor, found)) {
                        return Outcome.rejected(UNCONFIRMED);
                    }
                    if (wait.isPresent()) {
                        return Outcome.refused(new Refusal.TooMany(wait.get()));
                    }
                    return new InvitationStore(tx)
                            .findByEmail(found.owner().tenant(), workspace, Names.lower(typed))
                            .filter(Invitation::isForNewUser)
                            .map(known -> {
                                note(tx, actor, found, "WorkspaceUserInvited", known.email());
                                return Outcome.done(
                                        issue(tx, actor, found, known.username(), known.email(), known.role(), true));
                            })
                            .orElseGet(Outcome::notFound);
                }));
    }

    /// Sends a link within a transaction that holds the workspace. The caller has validated the email and checked that
    /// no user has it.
    public Issued send(
            Tx tx,
            WorkspaceActor actor,
            Workspace workspace,
            Optional<String> username,
            String email,
            WorkspaceRole role) {
        boolean isShown = !workspaceMails.isMailing(tx, workspace);
        Issued issued = issue(tx, actor, workspace, username, email, role, isShown);
        Language language = workspace.brand().language();
        mails.sendFrom(
                tx,
                workspace,
                MailKind.INVITATION,
                email,
                language.say("You're invited to %s", workspace.name()),
                language.say("""
                        You're invited to join the workspace “%1$s”.

                        Open this link to create your account:
                        %2$s

                        The link works once and expires after 7 days. If you didn't expect this invitation, ignore this email.
                        """).formatted(workspace.name(), issued.link()));
        return issued;
    }

    private Issued issue(
            Tx tx,
            WorkspaceActor actor,
            Workspace workspace,
            Optional<String> username,
            String email,
            WorkspaceRole role,
            boolean isShown) {
        Instant now = clock.instant();
        String token = Digests.newToken();
        var invitation = new Invitation(
                workspace.id(), username, email, role, Optional.empty(), sender(actor), isShown, now, now.plus(LIFE));
        new InvitationStore(tx).put(workspace.owner().tenant(), Digests.sha256Hex(token), invitation);
        return new Issued(invitation, linkTo(settings, workspace, token));
    }

    private static Optional<Integer> sender(WorkspaceActor actor) {
        return switch (actor) {
            case WorkspaceActor.Member member -> Optional.of(member.user().id()).filter(_ -> !member.isVisitor());
            case WorkspaceActor.ProjectSide _ -> Optional.empty();
        };
    }

    static String linkTo(Settings settings, Workspace workspace, String token) {
        return WorkspacePaths.address(settings, workspace) + "/invitation/" + token;
    }

    public Revoked revoke(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, String typed) {
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_USERS, project, workspace)
                .fold(found -> revoke(tx, actor, found, Names.lower(typed)), Revoked.Refused::new));
    }

    private Revoked revoke(Tx tx, WorkspaceActor actor, Workspace workspace, String email) {
        var store = new InvitationStore(tx);
        AccountId tenant = workspace.owner().tenant();
        boolean invited = store.findByEmail(tenant, workspace.id(), email)
                .filter(Invitation::isForNewUser)
                .isPresent();
        if (!invited) {
            return new Revoked.NotInvited();
        }
        store.delete(tenant, workspace.id(), email);
        note(tx, actor, workspace, "WorkspaceInvitationRevoked", email);
        return new Revoked.Done();
    }

    /// Lists invitations by email, including expired ones until they are 30 days old.
    public Outcome<Slice<Invitation, String>> list(
            WorkspaceActor actor, ProjectId project, WorkspaceId workspace, Optional<String> after, int limit) {
        return database.read(tx -> Access.to(tx, actor, Right.SEE_USERS, project, workspace)
                .fold(
                        found -> Outcome.done(Slice.of(
                                new InvitationStore(tx).list(found.owner().tenant(), workspace, after, limit + 1),
                                limit,
                                Invitation::email)),
                        Outcome::refused));
    }

    /// Deletes invitations that expired long ago.
    @Override
    public int forgetExpired() {
        return database.write(
                tx -> new InvitationStore(tx).deleteExpired(clock.instant().minus(SHOWN_AFTER_END), 1_000));
    }

    private void note(Tx tx, WorkspaceActor actor, Workspace workspace, String action, String email) {
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.put("email", email);
        audit.note(tx, actor.actor(), workspace, action, details);
    }
}
