package dev.banyan.workspaces.users;

import dev.banyan.accounts.Names;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
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
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Invitations to become a user of a workspace: a link in a mail, by which somebody chooses username and password. The
/// project's side and the workspace's admins send them, send them again, and take them back.
@Singleton
public final class Invitations implements Expiring {

    static final Duration LIFE = Duration.ofDays(7);
    private static final Duration SHOWN_AFTER_END = Duration.ofDays(30);

    /// What came of inviting somebody.
    public sealed interface Invited {

        record Done(Invitation invitation) implements Invited {}

        record Unknown() implements Invited {}

        record Forbidden() implements Invited {}

        /// Somebody with this e-mail is a user already.
        record AlreadyUser() implements Invited {}

        record Rejected(Invalid invalid) implements Invited {}

        /// Who has not confirmed their own e-mail sends no mail to others.
        record Unconfirmed() implements Invited {}

        record TooMany(Duration retryAfter) implements Invited {}
    }

    /// What came of taking an invitation back.
    public sealed interface Revoked {

        record Done() implements Revoked {}

        record Unknown() implements Revoked {}

        record Forbidden() implements Revoked {}

        /// Nobody with this e-mail is invited.
        record NotInvited() implements Revoked {}
    }

    /// What came of listing.
    public sealed interface Seen {

        record Done(Slice<Invitation, String> invitations) implements Seen {}

        record Unknown() implements Seen {}

        record Forbidden() implements Seen {}
    }

    private final Database database;
    private final Mails mails;
    private final Settings settings;
    private final MailAllowances allowances;
    private final Audit audit;
    private final Clock clock;

    Invitations(
            Database database, Mails mails, Settings settings, MailAllowances allowances, Audit audit, Clock clock) {
        this.database = database;
        this.mails = mails;
        this.settings = settings;
        this.allowances = allowances;
        this.audit = audit;
        this.clock = clock;
    }

    /// Sends a link. Who is invited already gets a new one, and the old one works no more.
    public Invited invite(
            WorkspaceActor actor, ProjectId project, WorkspaceId workspace, String typed, WorkspaceRole role) {
        Optional<Invalid> broken = WorkspaceUserRules.brokenEmail(typed);
        Optional<Duration> wait = broken.isPresent() ? Optional.empty() : allowances.take(actor, project, workspace);
        return database.write(tx -> switch (Access.locked(tx, actor, Right.CHANGE_USERS, project, workspace)) {
            case Access.Unknown _ -> new Invited.Unknown();
            case Access.Forbidden _ -> new Invited.Forbidden();
            case Access.Granted _ when broken.isPresent() -> new Invited.Rejected(broken.get());
            case Access.Granted _ when !allowances.isConfirmed(tx, actor) -> new Invited.Unconfirmed();
            case Access.Granted _ when wait.isPresent() -> new Invited.TooMany(wait.get());
            case Access.Granted(Workspace found) -> {
                AccountId tenant = found.owner().tenant();
                String email = Names.lower(typed);
                if (new WorkspaceUserStore(tx)
                        .findByEmail(tenant, workspace, email)
                        .isPresent()) {
                    yield new Invited.AlreadyUser();
                }
                Optional<String> username = new InvitationStore(tx)
                        .findByEmail(tenant, workspace, email)
                        .flatMap(Invitation::username);
                Invitation invitation = send(tx, actor, found, username, email, role);
                note(tx, actor, found, "WorkspaceUserInvited", email);
                yield new Invited.Done(invitation);
            }
        });
    }

    /// In a transaction that has the workspace; the e-mail is checked, and nobody's who is a user.
    public Invitation send(
            Tx tx,
            WorkspaceActor actor,
            Workspace workspace,
            Optional<String> username,
            String email,
            WorkspaceRole role) {
        Instant now = clock.instant();
        String token = Digests.newToken();
        var invitation = new Invitation(workspace.id(), username, email, role, Optional.empty(), now, now.plus(LIFE));
        new InvitationStore(tx).put(workspace.owner().tenant(), Digests.sha256Hex(token), invitation, sender(actor));
        mails.send(tx, MailKind.INVITATION, email, "You are invited to " + workspace.name(), """
                You are invited to the workspace “%s”.

                Open this link to choose a password and come in:
                %s

                It works once, and for seven days. If you do not know what this is about, ignore this mail.
                """.formatted(
                        workspace.name(), linkTo(settings, workspace, token)));
        return invitation;
    }

    private static Optional<Integer> sender(WorkspaceActor actor) {
        return switch (actor) {
            case WorkspaceActor.Member member -> Optional.of(member.user().id());
            case WorkspaceActor.ProjectSide _ -> Optional.empty();
        };
    }

    static String linkTo(Settings settings, Workspace workspace, String token) {
        return settings.baseUrl() + WorkspacePaths.publicPath(workspace) + "/invitation/" + token;
    }

    public Revoked revoke(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, String typed) {
        return database.write(tx -> switch (Access.locked(tx, actor, Right.CHANGE_USERS, project, workspace)) {
            case Access.Unknown _ -> new Revoked.Unknown();
            case Access.Forbidden _ -> new Revoked.Forbidden();
            case Access.Granted(Workspace found) -> {
                String email = Names.lower(typed);
                var store = new InvitationStore(tx);
                AccountId tenant = found.owner().tenant();
                boolean invited = store.findByEmail(tenant, workspace, email)
                        .filter(Invitation::isForNewUser)
                        .isPresent();
                if (!invited) {
                    yield new Revoked.NotInvited();
                }
                store.delete(tenant, workspace, email);
                note(tx, actor, found, "WorkspaceInvitationRevoked", email);
                yield new Revoked.Done();
            }
        });
    }

    /// By e-mail. Those that have expired are among them, until they are 30 days old.
    public Seen list(
            WorkspaceActor actor, ProjectId project, WorkspaceId workspace, Optional<String> after, int limit) {
        return database.read(tx -> switch (Access.to(tx, actor, Right.SEE_USERS, project, workspace)) {
            case Access.Unknown _ -> new Seen.Unknown();
            case Access.Forbidden _ -> new Seen.Forbidden();
            case Access.Granted(Workspace found) ->
                new Seen.Done(Slice.of(
                        new InvitationStore(tx).list(found.owner().tenant(), workspace, after, limit + 1),
                        limit,
                        Invitation::email));
        });
    }

    /// Removes what expired long ago.
    @Override
    public int forgetExpired() {
        return database.write(
                tx -> new InvitationStore(tx).deleteExpired(clock.instant().minus(SHOWN_AFTER_END), 1_000));
    }

    private void note(Tx tx, WorkspaceActor actor, Workspace workspace, String action, String email) {
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.put("email", email);
        audit.note(tx, actor.actor(), workspace.owner(), action, workspace.id().value(), details);
    }
}
