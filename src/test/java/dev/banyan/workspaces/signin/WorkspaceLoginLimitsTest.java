package dev.banyan.workspaces.signin;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.TestPasswords;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.UniqueTimestamps;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.mail.TestMails;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.secrets.TestSecrets;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import dev.banyan.workspaces.access.LookupCache;
import dev.banyan.workspaces.access.Projects;
import dev.banyan.workspaces.access.WorkspaceLookup;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.signin.WorkspaceRegistrations.Registered;
import dev.banyan.workspaces.sso.TestSso;
import dev.banyan.workspaces.users.LeavingAdmins;
import dev.banyan.workspaces.users.RegistrationMails;
import dev.banyan.workspaces.users.WaitingRegistrations;
import dev.banyan.workspaces.users.WorkspaceUserNetworks;
import dev.banyan.workspaces.users.WorkspaceUsers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How often people may try to sign in (design 4), with the default limits.
class WorkspaceLoginLimitsTest {

    private static final String PASSWORD = "correct horse battery";

    private final TestClock clock = new TestClock();
    private final Database database = TestDatabases.SQLITE.newCopy();
    private final Passwords passwords = TestPasswords.real();
    private final WorkspaceLogins logins;
    private final WorkspaceRegistrations registrations;
    private final WorkspaceProfiles profiles;
    private final Workspaces workspaces;
    private final Projects projects;
    private final AccountContext agency = StoredAccounts.agency(database);
    private int address;

    WorkspaceLoginLimitsTest() {
        RateLimits limits = TestLimits.on(clock);
        var audit = TestAudit.on(database, clock);
        var ended = new TestEvents<WorkspaceSessionsEnded>();
        var cache = new LookupCache(database, OtherNodes.NONE, TestLimits.settings(), clock);
        var sessions = new WorkspaceSessions(database, ended, new TestEvents<>(), clock);
        var networks = new WorkspaceUserNetworks(
                database, sessions, TestSecrets.of(Settings.forTests(Path.of("target"))), clock);
        var users = new WorkspaceUsers(
                database,
                passwords,
                sessions,
                new TestEvents<>(),
                TestSso.passwordsAreOn(),
                new LeavingAdmins(
                        audit, TestMails.waitingIn(database, TestLimits.settings(), clock), TestLimits.settings()),
                audit,
                clock);
        this.projects = new Projects(database, audit, cache, ended, clock, new Uuids(clock));
        this.workspaces = new Workspaces(
                database, TestLimits.settings(), audit, cache, ended, clock, new UniqueTimestamps(clock));
        var waiting = new WaitingRegistrations(
                database,
                new WorkspaceLookup(database),
                users,
                new RegistrationMails(
                        TestMails.waitingIn(database, TestLimits.settings(), clock), TestLimits.settings()),
                limits,
                audit,
                new Uuids(clock),
                clock);
        this.registrations = new WorkspaceRegistrations(
                database,
                new WorkspaceLookup(database),
                passwords,
                TestSso.passwordsAreOn(),
                users,
                networks,
                waiting,
                limits);
        this.logins = new WorkspaceLogins(
                new WorkspaceLookup(database),
                sessions,
                new PasswordLogins(database, passwords, TestSso.passwordsAreOn(), networks, waiting, audit, clock),
                TestSso.directories(database, users, networks, audit, limits, clock),
                limits);
        this.profiles = new WorkspaceProfiles(
                database,
                passwords,
                sessions,
                TestSso.passwordsAreOn(),
                limits,
                TestMails.waitingIn(database, TestLimits.settings(), clock),
                audit,
                clock);
    }

    private Optional<Workspace> room = Optional.empty();
    private Optional<Workspace> next = Optional.empty();

    @BeforeEach
    void twoRoomsWithOneName() {
        room = Optional.of(workspace("Room"));
        next = Optional.of(workspace("Next"));
        assertThat(register(room.get(), "amira")).isInstanceOf(Registered.Welcome.class);
        assertThat(register(next.get(), "amira")).isInstanceOf(Registered.Welcome.class);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void afterTenWrongPasswordsANameWaitsInThatWorkspace() {
        for (int i = 0; i < 10; i++) {
            assertThat(login(room.get(), "amira", "wrong " + i)).isInstanceOf(LoggedIn.WrongCredentials.class);
        }
        long hashed = passwords.worked();
        assertThat(login(room.get(), "AMIRA", PASSWORD))
                .isInstanceOfSatisfying(
                        LoggedIn.TooMany.class,
                        tooMany -> assertThat(tooMany.retryAfter())
                                .isPositive()
                                .isLessThanOrEqualTo(Duration.ofMinutes(15)));
        assertThat(passwords.worked())
                .as("nothing is hashed for who has to wait")
                .isEqualTo(hashed);
        assertThat(login(next.get(), "amira", PASSWORD))
                .as("the same name elsewhere")
                .isInstanceOf(LoggedIn.Welcome.class);

        clock.forward(Duration.ofMinutes(15));
        assertThat(login(room.get(), "amira", PASSWORD)).isInstanceOf(LoggedIn.Welcome.class);
    }

    /// A thousand networks guess for a day, while the user signs in and out at home.
    @Test
    void guessesFromEverywhereAreHeardAHundredTimesADayAndTheUserGetsIn() {
        var home = new Actor(Optional.empty(), "192.0.2.7");
        assertThat(logins.login(home, room.get().shortPath(), "amira", PASSWORD))
                .isInstanceOf(LoggedIn.Welcome.class);
        int heard = 0;
        for (int step = 0; step < 24 * 30; step++) {
            var guesser = new Actor(Optional.empty(), "203.0.%d.%d".formatted(step / 250, step % 250 + 1));
            String name = step % 2 == 0 ? "amira" : "AMIRA@guests.example";
            heard += logins.login(guesser, room.get().shortPath(), name, "guess") instanceof LoggedIn.WrongCredentials
                    ? 1
                    : 0;
            if (step % 100 == 99) {
                assertThat(logins.login(home, room.get().shortPath(), "amira", PASSWORD))
                        .as("at home, at step " + step)
                        .isInstanceOf(LoggedIn.Welcome.class);
            }
            clock.forward(Duration.ofMinutes(2));
        }
        assertThat(heard).isBetween(50, 100);
    }

    @Test
    void namesThatNobodyHasWaitAlike() {
        for (int i = 0; i < 10; i++) {
            assertThat(login(room.get(), "nobody", "wrong")).isInstanceOf(LoggedIn.WrongCredentials.class);
        }
        assertThat(login(room.get(), "nobody", "wrong")).isInstanceOf(LoggedIn.TooMany.class);
    }

    @Test
    void theManyPeopleOfAnOfficeComeIn() {
        var office = new Actor(Optional.empty(), "192.0.2.199");
        for (int person = 0; person < 45; person++) {
            assertThat(logins.login(office, room.get().shortPath(), "amira", PASSWORD))
                    .isInstanceOf(LoggedIn.Welcome.class);
        }
    }

    @Test
    void anAddressFailsThirtyTimesAMinute() {
        var actor = new Actor(Optional.empty(), "192.0.2.200");
        for (int i = 0; i < 30; i++) {
            assertThat(logins.login(actor, "zzzz-x", "name" + i, "wrong"))
                    .isInstanceOf(LoggedIn.WrongCredentials.class);
        }
        assertThat(logins.login(actor, room.get().shortPath(), "amira", PASSWORD))
                .isInstanceOf(LoggedIn.TooMany.class);
        clock.forward(Duration.ofMinutes(1));
        assertThat(logins.login(actor, room.get().shortPath(), "amira", PASSWORD))
                .isInstanceOf(LoggedIn.Welcome.class);
    }

    @Test
    void anAddressRegistersTwentyTimesAnHour() {
        var actor = new Actor(Optional.empty(), "192.0.2.201");
        for (int i = 0; i < 20; i++) {
            assertThat(registrations.register(actor, room.get().shortPath(), "nonsense", "name" + i, PASSWORD))
                    .isInstanceOf(Registered.Rejected.class);
        }
        assertThat(registrations.register(actor, room.get().shortPath(), "a@b.example", "name", PASSWORD))
                .isInstanceOf(Registered.TooMany.class);
        clock.forward(Duration.ofHours(1));
        assertThat(registrations.register(actor, room.get().shortPath(), "a@b.example", "name", PASSWORD))
                .isInstanceOf(Registered.Welcome.class);
    }

    /// A workspace that is closed while a password is verified is no reason to doubt the password.
    @Test
    @Timeout(Eventually.SECONDS)
    void aWorkspaceThatClosesMeanwhileSaysSo() {
        assertThat(loginWhile(
                        "UPDATE sub_clients SET suspended = 1 WHERE id = ?",
                        room.get().id().value()))
                .isInstanceOf(LoggedIn.Suspended.class);
        assertThat(loginWhile(
                        "UPDATE sub_clients SET suspended = 0 WHERE id = ?",
                        room.get().id().value()))
                .isInstanceOf(LoggedIn.Suspended.class);
        assertThat(loginWhile(
                        "UPDATE projects SET sub_clients_enabled = 0 WHERE id = ?",
                        room.get().project().toString()))
                .isInstanceOf(LoggedIn.NotEnabled.class);
    }

    /// Signs in with the right password; the statement is committed after the workspace was found.
    private LoggedIn loginWhile(String statement, String id) {
        var loggedIn = new CompletableFuture<LoggedIn>();
        database.write(tx -> {
            long before = passwords.worked();
            Thread.startVirtualThread(() -> loggedIn.complete(login(room.get(), "amira", PASSWORD)));
            while (passwords.worked() == before && !loggedIn.isDone()) {
                Thread.onSpinWait();
            }
            return tx.sql().execute(statement, id);
        });
        return loggedIn.join();
    }

    @Test
    void theCurrentPasswordCannotBeGuessedWithoutEnd() {
        var welcome = (LoggedIn.Welcome) login(room.get(), "amira", PASSWORD);
        var member = new WorkspaceActor.Member(agency.actor(), room.get(), true, welcome.user(), "no session");
        for (int i = 0; i < 10; i++) {
            assertThat(profiles.changePassword(member, "wrong " + i, "another password"))
                    .isInstanceOf(WorkspaceProfiles.PasswordChanged.WrongCurrent.class);
        }
        assertThat(profiles.changePassword(member, PASSWORD, "another password"))
                .isInstanceOf(WorkspaceProfiles.PasswordChanged.TooMany.class);
    }

    @Test
    void thePasswordCannotBeGuessedByChangingTheEmail() {
        var welcome = (LoggedIn.Welcome) login(room.get(), "amira", PASSWORD);
        var member = new WorkspaceActor.Member(agency.actor(), room.get(), true, welcome.user(), "no session");
        for (int i = 0; i < 10; i++) {
            assertThat(changeEmail(member, "wrong " + i)).isInstanceOf(WorkspaceProfiles.Updated.WrongCurrent.class);
        }
        assertThat(changeEmail(member, PASSWORD)).isInstanceOf(WorkspaceProfiles.Updated.TooMany.class);
    }

    private WorkspaceProfiles.Updated changeEmail(WorkspaceActor.Member member, String password) {
        return profiles.update(member, Optional.empty(), Optional.of("other@people.example"), Optional.of(password));
    }

    private Workspace workspace(String name) {
        var wanted = new Projects.Change(Optional.of("P"), Optional.empty(), Optional.of(true), Optional.of(true));
        return projects.create(agency, wanted) instanceof Outcome.Done<Project>(Project project)
                        && workspaces.create(agency, project.id(), name, Optional.empty())
                                instanceof Workspaces.Created.Done(Workspace made)
                ? made
                : failed();
    }

    private static Workspace failed() {
        throw new AssertionError("No workspace");
    }

    private Registered register(Workspace in, String username) {
        return registrations.register(somewhere(), in.shortPath(), username + "@guests.example", username, PASSWORD);
    }

    private LoggedIn login(Workspace in, String username, String password) {
        return logins.login(somewhere(), in.shortPath(), username, password);
    }

    /// Returns a new address each time, so that only names are counted.
    private Actor somewhere() {
        return new Actor(Optional.empty(), "198.51.100." + address++);
    }
}
