package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.access.PasswordSignIn;
import dev.banyan.workspaces.access.WorkspaceLookup;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.sso.LdapSignIn;
import dev.banyan.workspaces.users.WaitingRegistration;
import dev.banyan.workspaces.users.WaitingRegistrationStore;
import dev.banyan.workspaces.users.WaitingRegistrations;
import dev.banyan.workspaces.users.WorkspaceUserNetworks;
import dev.banyan.workspaces.users.WorkspaceUserRules;
import dev.banyan.workspaces.users.WorkspaceUsers;
import jakarta.inject.Singleton;

/// Registration, sign-in and sign-out of workspace users.
@Singleton
public final class WorkspaceLogins {

    /// Result of signing in.
    public sealed interface LoggedIn {

        record Welcome(WorkspaceUser user, WorkspaceSessions.Opened session) implements LoggedIn {}

        /// Unknown workspace, unknown name or wrong password: neither the text nor the timing tells which.
        record WrongCredentials() implements LoggedIn {}

        /// The password is correct, but the registration doesn't count yet.
        record Waits(RegistrationProof waitsFor) implements LoggedIn {}

        record Suspended() implements LoggedIn {}

        /// Workspaces are switched off for the project.
        record NotEnabled() implements LoggedIn {}

        /// The password is correct, but only single sign-on opens this workspace.
        record PasswordsOff() implements LoggedIn {}

        /// The directory knows the person, who may not be in.
        record NotAllowed(FormProblem why) implements LoggedIn {}

        /// The directory can’t be asked, and the password is none of ours.
        record Unavailable(FormProblem why) implements LoggedIn {}

        record TooMany(Duration retryAfter) implements LoggedIn {}
    }

    /// Result of a registration.
    public sealed interface Registered {

        record Welcome(WorkspaceUser user, WorkspaceSessions.Opened session) implements Registered {}

        /// Stored until it is proved; the person isn't signed in.
        record Waits(WaitingRegistration registration) implements Registered {}

        record UnknownWorkspace() implements Registered {}

        record Suspended() implements Registered {}

        /// Workspaces are switched off for the project.
        record NotEnabled() implements Registered {}

        /// The project's switch or the workspace's own is off.
        record Closed() implements Registered {}

        record UsernameTaken() implements Registered {}

        record EmailTaken() implements Registered {}

        /// In the order of the contract: email, username, password.
        record Rejected(List<Invalid> invalid) implements Registered {}

        record TooMany(Duration retryAfter) implements Registered {}
    }

    private final Database database;
    private final WorkspaceLookup lookup;
    private final Passwords passwords;
    private final WorkspaceSessions sessions;
    private final WorkspaceUsers users;
    private final WorkspaceUserNetworks networks;
    private final WaitingRegistrations waiting;
    private final PasswordSignIn passwordSignIn;
    private final LdapSignIn directories;
    private final RateLimits limits;
    private final Audit audit;
    private final Clock clock;

    WorkspaceLogins(
            Database database,
            WorkspaceLookup lookup,
            Passwords passwords,
            WorkspaceSessions sessions,
            WorkspaceUsers users,
            WorkspaceUserNetworks networks,
            WaitingRegistrations waiting,
            PasswordSignIn passwordSignIn,
            LdapSignIn directories,
            RateLimits limits,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.lookup = lookup;
        this.passwords = passwords;
        this.sessions = sessions;
        this.users = users;
        this.networks = networks;
        this.waiting = waiting;
        this.passwordSignIn = passwordSignIn;
        this.directories = directories;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param usernameOrEmail an email if it contains `@`, else a username in any letter case
    public LoggedIn login(Actor actor, String shortPath, String usernameOrEmail, String password) {
        Optional<Duration> wait = limits.take(RateLimit.WORKSPACE_LOGIN_BY_IP, actor.ip());
        if (wait.isPresent()) {
            return new LoggedIn.TooMany(wait.get());
        }
        String name = Names.lower(usernameOrEmail);
        return switch (lookup.find(shortPath)) {
            case LookedUp.NotEnabled _ -> new LoggedIn.NotEnabled();
            case LookedUp.NotFound _, LookedUp.Moved _ -> guess(actor, shortPath, Optional.empty(), name, password);
            case LookedUp.Found found when found.workspace().suspended() -> new LoggedIn.Suspended();
            case LookedUp.Found found -> guess(actor, shortPath, Optional.of(found.workspace()), name, password);
        };
    }

    /// The match for a name: a user, or a person whose registration doesn't count yet.
    private record Named(
            Optional<WorkspaceUserStore.Credentials> known,
            Optional<WaitingRegistrationStore.Credentials> waits,
            RateLimits.Origin place) {

        static Named nobody(String ip) {
            return new Named(Optional.empty(), Optional.empty(), RateLimits.Origin.strange(ip));
        }

        boolean exists() {
            return known.isPresent() || waits.isPresent();
        }

        /// Returns the email, so that email and username share one limit.
        Optional<String> email() {
            return known.map(found -> found.user().email())
                    .or(() -> waits.map(found -> found.registration().email()));
        }

        Optional<String> passwordHash() {
            return known.map(WorkspaceUserStore.Credentials::passwordHash)
                    .or(() -> waits.map(WaitingRegistrationStore.Credentials::passwordHash));
        }
    }

    /// Limits wrong passwords per user and network, like those of identities.
    private LoggedIn guess(Actor actor, String shortPath, Optional<Workspace> workspace, String name, String password) {
        Named named = workspace
                .map(found -> database.read(tx -> named(tx, found, name, actor.ip())))
                .orElseGet(() -> Named.nobody(actor.ip()));
        return limits.guessing(
                guessAt(shortPath, named.email().orElse(name), named.place(), named.exists()),
                () -> login(actor, workspace, name, named, password),
                result -> result instanceof LoggedIn.WrongCredentials || result instanceof LoggedIn.Unavailable,
                LoggedIn.TooMany::new);
    }

    private Named named(Tx tx, Workspace workspace, String name, String ip) {
        Optional<WorkspaceUserStore.Credentials> known = find(tx, workspace, name);
        int user = known.map(found -> found.user().id()).orElse(WorkspaceUserNetworks.NOBODY);
        Optional<WaitingRegistrationStore.Credentials> waits = waiting.find(tx, workspace, name);
        return new Named(known, known.isPresent() ? Optional.empty() : waits, networks.place(tx, workspace, user, ip));
    }

    /// A password attempt for a workspace user.
    static RateLimits.Guess guessAt(String shortPath, String name, RateLimits.Origin place, boolean exists) {
        return new RateLimits.Guess(
                RateLimit.WORKSPACE_LOGIN_FAILURES_BY_NAME,
                RateLimit.WORKSPACE_LOGIN_GUESSES_BY_NAME,
                shortPath + " " + name,
                place,
                exists);
    }

    /// Asks the workspace’s directory first, if it has one.
    private LoggedIn login(Actor actor, Optional<Workspace> workspace, String name, Named named, String password) {
        LdapSignIn.Answer answer = workspace
                .map(found -> directories.signIn(actor, found, name, password))
                .orElseGet(LdapSignIn.Answer.Unknown::new);
        return switch (answer) {
            case LdapSignIn.Answer.Welcome(WorkspaceUser user, WorkspaceSessions.Opened session) ->
                new LoggedIn.Welcome(user, session);
            case LdapSignIn.Answer.Refused(FormProblem why) -> new LoggedIn.NotAllowed(why);
            case LdapSignIn.Answer.Unknown _ -> login(actor, workspace, named, password);
            // Tries at a directory’s person don’t lock out a user with a password of ours, such as the emergency admin.
            case LdapSignIn.Answer.TooMany(Duration wait) ->
                named.passwordHash()
                                .filter(hash -> !hash.equals(Passwords.NO_PASSWORD))
                                .isPresent()
                        ? login(actor, workspace, named, password)
                        : new LoggedIn.TooMany(wait);
            case LdapSignIn.Answer.Unavailable(FormProblem why) -> {
                // Users with a password of ours, such as the emergency admin, come in without the directory.
                LoggedIn here = login(actor, workspace, named, password);
                yield here instanceof LoggedIn.WrongCredentials ? new LoggedIn.Unavailable(why) : here;
            }
        };
    }

    private LoggedIn login(Actor actor, Optional<Workspace> workspace, Named named, String password) {
        return switch (passwords.verify(named.passwordHash(), password)) {
            case Passwords.Verdict.Right _
            when named.waits().isPresent() ->
                new LoggedIn.Waits(named.waits().get().registration().waitsFor());
            case Passwords.Verdict.Right right ->
                welcome(actor, workspace.orElseThrow(), named.known().orElseThrow(), right.outdated(), password);
            case Passwords.Verdict.Wrong _ -> {
                audit.denied(actor, "login to a workspace");
                workspace.ifPresent(found -> audit.failed(
                        actor,
                        found.owner(),
                        "WorkspaceSignInFailed",
                        found.id().value()));
                yield new LoggedIn.WrongCredentials();
            }
        };
    }

    private static Optional<WorkspaceUserStore.Credentials> find(Tx tx, Workspace workspace, String name) {
        var store = new WorkspaceUserStore(tx);
        AccountId tenant = workspace.owner().tenant();
        return name.contains("@")
                ? store.findByEmail(tenant, workspace.id(), name)
                : store.findByUsername(tenant, workspace.id(), name);
    }

    /// Returns why people can't sign in to a workspace, whatever the password.
    private static Optional<LoggedIn> closed(WorkspaceStore.Visited found) {
        if (!found.enabled()) {
            return Optional.of(new LoggedIn.NotEnabled());
        }
        return found.workspace().suspended() ? Optional.of(new LoggedIn.Suspended()) : Optional.empty();
    }

    private LoggedIn welcome(
            Actor actor, Workspace workspace, WorkspaceUserStore.Credentials known, boolean outdated, String password) {
        Optional<String> newHash = outdated ? Optional.of(passwords.hash(password)) : Optional.empty();
        AccountId tenant = workspace.owner().tenant();
        WorkspaceUser user = known.user();
        return database.write(tx -> {
            var store = new WorkspaceUserStore(tx);
            new WorkspaceStore(tx).lock(tenant, workspace.id());
            // While the password was verified, the workspace may have been closed and the user removed or changed.
            Optional<String> hash = store.findCredentials(tenant, workspace.id(), user.id())
                    .map(WorkspaceUserStore.Credentials::passwordHash);
            if (!hash.equals(Optional.of(known.passwordHash()))) {
                return new LoggedIn.WrongCredentials();
            }
            Optional<LoggedIn> closed =
                    new WorkspaceStore(tx).findById(workspace.id()).flatMap(WorkspaceLogins::closed);
            if (closed.isPresent()) {
                return closed.get();
            }
            if (!passwordSignIn.isOpen(tx, workspace, user.id())) {
                return new LoggedIn.PasswordsOff();
            }
            newHash.ifPresent(made -> store.setPasswordHash(tenant, workspace.id(), user.id(), made, clock.instant()));
            networks.remember(tx, workspace, user.id(), actor.ip());
            audit.note(
                    tx,
                    actor,
                    workspace.owner(),
                    "WorkspaceUserSignedIn",
                    workspace.id().value(),
                    Map.of("workspaceUser", user.id(), "username", user.username()));
            return new LoggedIn.Welcome(user, sessions.open(tx, workspace, user.id()));
        });
    }

    public Registered register(Actor actor, String shortPath, String email, String username, String password) {
        Optional<Duration> wait = limits.take(RateLimit.WORKSPACE_REGISTER_BY_IP, actor.ip());
        if (wait.isPresent()) {
            return new Registered.TooMany(wait.get());
        }
        return switch (lookup.find(shortPath)) {
            case LookedUp.NotFound _, LookedUp.Moved _ -> new Registered.UnknownWorkspace();
            case LookedUp.NotEnabled _ -> new Registered.NotEnabled();
            case LookedUp.Found found when found.workspace().suspended() -> new Registered.Suspended();
            case LookedUp.Found found when !found.registrationOpen() -> new Registered.Closed();
            case LookedUp.Found found ->
                register(
                        actor,
                        found.workspace(),
                        new WorkspaceUsers.NewUser(username, email, password, WorkspaceRole.USER));
        };
    }

    private Registered register(Actor actor, Workspace workspace, WorkspaceUsers.NewUser wanted) {
        List<Invalid> invalid = new ArrayList<>();
        WorkspaceUserRules.brokenEmail(wanted.email()).ifPresent(invalid::add);
        WorkspaceUserRules.brokenUsername(wanted.username()).ifPresent(invalid::add);
        WorkspaceUserRules.brokenPassword("password", wanted.password()).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return new Registered.Rejected(List.copyOf(invalid));
        }
        String hash = passwords.hash(wanted.password());
        return database.write(tx -> {
            new WorkspaceStore(tx).lock(workspace.owner().tenant(), workspace.id());
            Optional<WorkspaceStore.Visited> now = new WorkspaceStore(tx).findById(workspace.id());
            if (now.isEmpty()) {
                return new Registered.UnknownWorkspace();
            }
            Workspace locked = now.get().workspace();
            if (locked.suspended()) {
                return new Registered.Suspended();
            }
            if (!now.get().registrationOpen() || !passwordSignIn.isOpen(tx, locked)) {
                return new Registered.Closed();
            }
            RegistrationProof proof = now.get().proof();
            if (proof != RegistrationProof.NONE) {
                return switch (waiting.keep(tx, locked, wanted, hash, proof)) {
                    case WaitingRegistrations.RegistrationResult.Done done -> new Registered.Waits(done.registration());
                    case WaitingRegistrations.RegistrationResult.EmailTaken _ -> new Registered.EmailTaken();
                    case WaitingRegistrations.RegistrationResult.UsernameTaken _ -> new Registered.UsernameTaken();
                    case WaitingRegistrations.RegistrationResult.TooMany tooMany ->
                        new Registered.TooMany(tooMany.retryAfter());
                };
            }
            return switch (users.insert(tx, locked, wanted, hash, Optional.empty())) {
                case WorkspaceUsers.Added.Done done -> {
                    WorkspaceUser user = done.user();
                    audit.note(
                            tx,
                            actor,
                            locked.owner(),
                            "WorkspaceUserRegistered",
                            locked.id().value(),
                            Map.of("user", user.id(), "username", user.username()));
                    networks.remember(tx, locked, user.id(), actor.ip());
                    yield new Registered.Welcome(user, sessions.open(tx, locked, user.id()));
                }
                case WorkspaceUsers.Added.EmailTaken _ -> new Registered.EmailTaken();
                case WorkspaceUsers.Added.UsernameTaken _ -> new Registered.UsernameTaken();
            };
        });
    }

    public void logout(WorkspaceActor.Member member) {
        sessions.close(member.sessionHash());
    }
}
