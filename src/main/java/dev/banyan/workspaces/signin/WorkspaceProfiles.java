package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Language;
import dev.banyan.platform.Zones;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.PasswordSignIn;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.users.InvitationStore;
import dev.banyan.workspaces.users.WorkspaceUserRules;
import jakarta.inject.Singleton;

/// How workspace users manage their own profile.
@Singleton
public record WorkspaceProfiles(
        Database database,
        Passwords passwords,
        WorkspaceSessions sessions,
        PasswordSignIn signIn,
        RateLimits limits,
        Mails mails,
        Audit audit,
        Clock clock) {

    /// Result of changing the names.
    public sealed interface Updated {

        record Done(WorkspaceUser user) implements Updated {}

        /// The user was removed meanwhile.
        record NotFound() implements Updated {}

        record UsernameTaken() implements Updated {}

        record EmailTaken() implements Updated {}

        record Rejected(List<Invalid> invalid) implements Updated {}

        /// A new email needs the password: the owner of the email can reset the password.
        record PasswordMissing() implements Updated {}

        record WrongCurrent() implements Updated {}

        record TooMany(Duration retryAfter) implements Updated {}
    }

    /// Result of changing the password.
    public sealed interface PasswordChanged {

        /// All sessions of this user have ended, including the current one.
        record Done() implements PasswordChanged {}

        record WrongCurrent() implements PasswordChanged {}

        record Rejected(Invalid invalid) implements PasswordChanged {}

        record TooMany(Duration retryAfter) implements PasswordChanged {}
    }

    private static final Invalid EMAIL_ELSEWHERE =
            new Invalid("email", "You sign in with single sign-on, which gives us your email.");
    private static final Invalid PASSWORD_ELSEWHERE =
            new Invalid("newPassword", "You sign in with single sign-on, and can't have a password here.");
    private static final Invalid CONFIRMED_ONLY = new Invalid(
            "email",
            "This project confirms email addresses, so yours can't be changed here. Ask an admin to add you with the new"
                    + " one.");

    /// Empty fields stay as they are.
    ///
    /// @param current the password, only required for a new email
    public Updated update(
            WorkspaceActor.Member member, Optional<String> username, Optional<String> email, Optional<String> current) {
        List<Invalid> invalid = new ArrayList<>();
        email.flatMap(WorkspaceUserRules::brokenEmail).ifPresent(invalid::add);
        username.flatMap(WorkspaceUserRules::brokenUsername).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return new Updated.Rejected(List.copyOf(invalid));
        }
        String newEmail = email.map(Names::lower).orElse(member.user().email());
        if (newEmail.equals(member.user().email())) {
            return database.write(tx -> setNames(tx, member, username, Optional.empty(), Optional.empty()));
        }
        if (current.filter(password -> !password.isEmpty()).isEmpty()) {
            return new Updated.PasswordMissing();
        }
        return limits.guessing(
                guessOf(member),
                () -> changeEmail(member, username, newEmail, current.get()),
                Updated.WrongCurrent.class::isInstance,
                Updated.TooMany::new);
    }

    /// Sets the time zone in which the user reads times.
    boolean setZone(WorkspaceActor.Member member, String typed) {
        Optional<ZoneId> zone = Zones.of(typed.strip());
        zone.ifPresent(chosen -> database.write(tx -> {
            new WorkspaceUserStore(tx)
                    .setZone(
                            member.workspace().owner().tenant(),
                            member.workspace().id(),
                            member.user().id(),
                            chosen);
            return chosen;
        }));
        return zone.isPresent();
    }

    /// A limit of its own, so that failed sign-ins elsewhere don't lock out a signed-in user.
    private static RateLimits.Guess guessOf(WorkspaceActor.Member member) {
        return WorkspaceLogins.guessAt(
                member.workspace().shortPath(),
                member.user().email(),
                RateLimits.Origin.known(member.actor().ip(), "signed-in"),
                true);
    }

    private static String nameOf(WorkspaceActor.Member member) {
        return member.workspace().id() + "/" + member.user().id();
    }

    private Updated changeEmail(WorkspaceActor.Member member, Optional<String> username, String email, String current) {
        Optional<String> hash = hashOf(member);
        if (passwords.verify(hash, current) instanceof Passwords.Verdict.Wrong) {
            audit.denied(member.actor(), "password of a workspace user");
            return new Updated.WrongCurrent();
        }
        // Each change sends a mail, possibly to a stranger.
        return limits.take(RateLimit.CONFIRMATION_MAILS_BY_PERSON, nameOf(member))
                .<Updated>map(Updated.TooMany::new)
                .orElseGet(() -> database.write(tx -> setNames(tx, member, username, Optional.of(email), hash)));
    }

    private Optional<String> hashOf(WorkspaceActor.Member member) {
        return database.read(
                member.workspace().owner().tenant(),
                tx -> new WorkspaceUserStore(tx)
                        .findCredentials(
                                member.workspace().owner().tenant(),
                                member.workspace().id(),
                                member.user().id())
                        .map(WorkspaceUserStore.Credentials::passwordHash));
    }

    /// @param email a new one
    /// @param proven the password's hash if the password was given
    private Updated setNames(
            Tx tx,
            WorkspaceActor.Member member,
            Optional<String> username,
            Optional<String> email,
            Optional<String> proven) {
        AccountId tenant = member.workspace().owner().tenant();
        WorkspaceId workspace = member.workspace().id();
        int id = member.user().id();
        new WorkspaceStore(tx).lock(tenant, workspace); // the name can't be taken between check and change
        var users = new WorkspaceUserStore(tx);
        Optional<WorkspaceUserStore.Credentials> found = users.findCredentials(tenant, workspace, id);
        if (found.isEmpty()) {
            return new Updated.NotFound();
        }
        WorkspaceUser before = found.get().user();
        String newEmail = email.orElse(before.email());
        String newUsername = username.orElse(before.username());
        boolean moves = !newEmail.equals(before.email());
        if (!moves && newUsername.equals(before.username())) {
            return new Updated.Done(before);
        }
        if (moves && !proven.equals(Optional.of(found.get().passwordHash()))) {
            return new Updated.WrongCurrent(); // another request changed it meanwhile
        }
        if (moves && !signIn.isOpen(tx, member.workspace(), id)) {
            return new Updated.Rejected(List.of(EMAIL_ELSEWHERE));
        }
        if (moves && confirmsEmails(tx, member.workspace())) {
            return new Updated.Rejected(List.of(CONFIRMED_ONLY));
        }
        if (isOther(users.findByEmail(tenant, workspace, newEmail), id)) {
            return new Updated.EmailTaken();
        }
        if (isOther(users.findByUsername(tenant, workspace, newUsername), id)) {
            return new Updated.UsernameTaken();
        }
        users.setNames(tenant, workspace, id, newUsername, newEmail, clock.instant());
        if (moves) {
            tellOld(tx, member.workspace(), before, newEmail);
        }
        WorkspaceUser changed = users.find(tenant, workspace, id).orElseThrow();
        audit.note(
                tx,
                member.actor(),
                member.workspace(),
                "WorkspaceUserUpdated",
                Map.of("user", id, "username", newUsername));
        return new Updated.Done(changed);
    }

    /// Whether the project requires confirmed emails. Otherwise a person could confirm one address and then switch to
    /// someone else's.
    private static boolean confirmsEmails(Tx tx, Workspace workspace) {
        return new ProjectStore(tx)
                .find(workspace.owner(), workspace.project())
                .filter(project -> project.registrationProof() == RegistrationProof.EMAIL)
                .isPresent();
    }

    private void tellOld(Tx tx, Workspace workspace, WorkspaceUser before, String email) {
        Language language = workspace.brand().language();
        mails.sendFrom(
                tx,
                workspace,
                MailKind.SIGN_IN,
                before.email(),
                language.say("Your email for %s was changed", workspace.name()),
                language.say("""
                        The email of your account “%1$s” in the workspace “%2$s” is now %3$s.

                        If you didn't change it, someone may know your password. Ask an admin of the workspace for help.
                        """).formatted(before.username(), workspace.name(), email));
    }

    private static boolean isOther(Optional<WorkspaceUserStore.Credentials> found, int id) {
        return found.filter(credentials -> credentials.user().id() != id).isPresent();
    }

    /// Ends all sessions of this user, including the current one.
    public void signOutEverywhere(WorkspaceActor.Member member) {
        Workspace workspace = member.workspace();
        database.write(tx -> {
            sessions.closeAll(tx, workspace.owner().tenant(), member.user());
            audit.note(
                    tx,
                    member.actor(),
                    workspace,
                    "WorkspaceUserSessionsEnded",
                    Map.of("user", member.user().id()));
            return workspace.id();
        });
    }

    public PasswordChanged changePassword(WorkspaceActor.Member member, String current, String wanted) {
        Optional<Invalid> broken = WorkspaceUserRules.brokenPassword("newPassword", wanted);
        if (broken.isPresent()) {
            return new PasswordChanged.Rejected(broken.get());
        }
        return limits.guessing(
                guessOf(member),
                () -> replacePassword(member, current, wanted),
                PasswordChanged.WrongCurrent.class::isInstance,
                PasswordChanged.TooMany::new);
    }

    private PasswordChanged replacePassword(WorkspaceActor.Member member, String current, String wanted) {
        AccountId tenant = member.workspace().owner().tenant();
        WorkspaceId workspace = member.workspace().id();
        int id = member.user().id();
        Optional<String> hash = hashOf(member);
        if (passwords.verify(hash, current) instanceof Passwords.Verdict.Wrong) {
            audit.denied(member.actor(), "password of a workspace user");
            return new PasswordChanged.WrongCurrent();
        }
        String newHash = passwords.hash(wanted);
        return database.write(tx -> {
            new WorkspaceStore(tx).lock(tenant, workspace);
            var users = new WorkspaceUserStore(tx);
            if (!users.findCredentials(tenant, workspace, id)
                    .map(WorkspaceUserStore.Credentials::passwordHash)
                    .equals(hash)) {
                return new PasswordChanged.WrongCurrent(); // another request changed it meanwhile
            }
            if (!signIn.isOpen(tx, member.workspace(), id)) {
                return new PasswordChanged.Rejected(PASSWORD_ELSEWHERE);
            }
            users.setPasswordHash(tenant, workspace, id, newHash, clock.instant());
            new InvitationStore(tx).deleteOf(tenant, workspace, id);
            sessions.closeAll(tx, tenant, member.user());
            audit.note(tx, member.actor(), member.workspace(), "WorkspaceUserPasswordChanged", Map.of("user", id));
            return new PasswordChanged.Done();
        });
    }
}
