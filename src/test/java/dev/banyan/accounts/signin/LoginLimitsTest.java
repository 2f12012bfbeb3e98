package dev.banyan.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.accounts.settings.SignInChanges;
import dev.banyan.accounts.signin.Logins.LoggedIn;
import dev.banyan.accounts.signin.Registrations.Registered;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sign-in operations with rate limits.
@QuarkusTest
class LoginLimitsTest {

    private static final Actor HOME = new Actor(Optional.empty(), "203.0.113.7");
    private static final Actor ELSEWHERE = new Actor(Optional.empty(), "203.0.113.8");

    @Inject
    TestWorld world;

    @Inject
    Database database;

    @Inject
    Passwords passwords;

    @Inject
    LoginSessions sessions;

    @Inject
    SignIns signIns;

    @Inject
    AwaitedFactors factors;

    @Inject
    Devices devices;

    @Inject
    SignInElsewhere elsewhere;

    @Inject
    Audit audit;

    @Inject
    EmailConfirmations confirmations;

    @Inject
    Mails mails;

    @Inject
    TestClock serverClock;

    @Inject
    Uuids uuids;

    private final TestClock clock = new TestClock();
    private Optional<RateLimits> limits = Optional.empty();

    @BeforeEach
    void limitsAreFresh() {
        limits = Optional.of(TestLimits.on(clock));
    }

    private Logins logins() {
        return new Logins(database, passwords, signIns, factors, devices, elsewhere, limits.orElseThrow(), serverClock);
    }

    private LoggedIn login(Actor actor, String name, String password) {
        return logins().login(actor, name, password);
    }

    private void failTenTimes() {
        for (int i = 0; i < 10; i++) {
            assertThat(login(HOME, world.solo().email(), "wrong password " + i))
                    .isInstanceOf(LoggedIn.WrongCredentials.class);
        }
    }

    @Test
    void tenFailuresCloseTheDoorForThatNameNetworkAndFifteenMinutes() {
        failTenTimes();
        assertThat(login(HOME, world.solo().email(), TestWorld.PASSWORD))
                .isEqualTo(new LoggedIn.TooMany(Duration.ofMinutes(15)));
        assertThat(login(ELSEWHERE, world.solo().email(), TestWorld.PASSWORD))
                .isEqualTo(new LoggedIn.TooMany(Duration.ofSeconds(15)));
        clock.forward(Duration.ofSeconds(15));
        assertThat(login(ELSEWHERE, world.solo().email(), TestWorld.PASSWORD)).isInstanceOf(LoggedIn.Welcome.class);
        clock.forward(Duration.ofMinutes(15));
        assertThat(login(HOME, world.solo().email(), TestWorld.PASSWORD)).isInstanceOf(LoggedIn.Welcome.class);
    }

    @Test
    void aPasswordTypedAgainCountsAsALogin() {
        var changes = new SignInChanges(
                database, passwords, confirmations, elsewhere, mails, limits.orElseThrow(), audit, serverClock);
        for (int i = 0; i < 10; i++) {
            assertThat(changes.prove(HOME, world.solo().identity(), "wrong " + i))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Rejected.class));
        }
        assertThat(login(HOME, world.solo().username(), TestWorld.PASSWORD)).isInstanceOf(LoggedIn.TooMany.class);
        assertThat(login(ELSEWHERE, world.solo().username(), TestWorld.PASSWORD))
                .isInstanceOf(LoggedIn.Welcome.class);
    }

    @Test
    void emailAndUsernameAreOneName() {
        for (int i = 0; i < 10; i++) {
            String name = i % 2 == 0 ? world.solo().email() : world.solo().username();
            assertThat(login(HOME, name, "wrong password " + i)).isInstanceOf(LoggedIn.WrongCredentials.class);
        }
        for (String name : List.of(world.solo().email(), world.solo().username())) {
            assertThat(login(HOME, name, TestWorld.PASSWORD)).isInstanceOf(LoggedIn.TooMany.class);
        }
        assertThat(logins().countedAs(world.solo().username().toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(world.solo().email());
        assertThat(logins().countedAs(" Nobody ")).isEqualTo("nobody");
    }

    @Test
    void otherNamesAreNotConcerned() {
        failTenTimes();
        assertThat(login(HOME, world.rival().email(), TestWorld.PASSWORD)).isInstanceOf(LoggedIn.Welcome.class);
    }

    @Test
    void theSpellingOfANameDoesNotMatter() {
        failTenTimes();
        assertThat(login(ELSEWHERE, " " + world.solo().email().toUpperCase(java.util.Locale.ROOT), TestWorld.PASSWORD))
                .isInstanceOf(LoggedIn.TooMany.class);
    }

    @Test
    void unknownNamesAreLimitedAlike() {
        for (int i = 0; i < 10; i++) {
            assertThat(login(HOME, "nobody@people.example", "wrong")).isInstanceOf(LoggedIn.WrongCredentials.class);
        }
        assertThat(login(HOME, "nobody@people.example", "wrong")).isInstanceOf(LoggedIn.TooMany.class);
    }

    @Test
    void goodLoginsAreNoFailures() {
        for (int i = 0; i < 45; i++) {
            assertThat(login(HOME, world.solo().email(), TestWorld.PASSWORD)).isInstanceOf(LoggedIn.Welcome.class);
        }
    }

    @Test
    void anAddressFailsThirtyTimesAMinute() {
        for (int i = 0; i < 30; i++) {
            login(HOME, world.name("guess") + i, "wrong");
        }
        assertThat(login(HOME, world.solo().email(), TestWorld.PASSWORD))
                .isEqualTo(new LoggedIn.TooMany(Duration.ofMinutes(1)));
        assertThat(login(ELSEWHERE, world.solo().email(), TestWorld.PASSWORD)).isInstanceOf(LoggedIn.Welcome.class);
        clock.forward(Duration.ofMinutes(1));
        assertThat(login(HOME, world.solo().email(), TestWorld.PASSWORD)).isInstanceOf(LoggedIn.Welcome.class);
    }

    @Test
    void namesOfSubAccountsAreLimitedAlike() {
        for (int i = 0; i < 10; i++) {
            assertThat(login(HOME, world.north().username(), TestWorld.PASSWORD))
                    .isInstanceOf(LoggedIn.OfSubAccount.class);
        }
        assertThat(login(HOME, world.north().username(), TestWorld.PASSWORD))
                .isEqualTo(new LoggedIn.TooMany(Duration.ofMinutes(15)));
    }

    /// A sub-account's name costs a hash like any other: the response time reveals no more than the response.
    @Test
    void namesOfSubAccountsCostAHash() {
        world.north();
        long before = passwords.worked();
        login(HOME, world.north().username(), TestWorld.PASSWORD);
        assertThat(passwords.worked()).isEqualTo(before + 1);
    }

    @Test
    void anAddressHasTwelveFailedRenewalsInAMinute() {
        var answers = new LoginResponses(sessions, devices, limits.orElseThrow());
        for (int i = 0; i < 12; i++) {
            assertThat(answers.renew(HOME, "invented " + i)).isEqualTo(Outcome.notFound());
        }
        assertThat(answers.renew(HOME, "invented"))
                .isEqualTo(Outcome.refused(new Refusal.TooMany(Duration.ofMinutes(1))));
        assertThat(answers.renew(ELSEWHERE, "invented")).isEqualTo(Outcome.notFound());
        assertThat(answers.renew(HOME, world.solo().token()))
                .as("a colleague’s, in the same office")
                .isInstanceOf(Outcome.Done.class);
    }

    /// An office shares one address, and the client refreshes after each change.
    @Test
    void aPersonHasAHundredAndTwentyRenewalsInAMinute() {
        var answers = new LoginResponses(sessions, devices, limits.orElseThrow());
        String token = world.solo().token();
        for (int i = 0; i < 120; i++) {
            token = answers.renew(HOME, token).fold(renewed -> renewed.session().token(), refusal -> {
                throw new AssertionError(refusal);
            });
        }
        assertThat(answers.renew(HOME, token)).isEqualTo(Outcome.refused(new Refusal.TooMany(Duration.ofMinutes(1))));
        assertThat(answers.renew(HOME, world.acme().token())).isInstanceOf(Outcome.Done.class);
    }

    private Registrations registrations(String... settings) {
        return new Registrations(
                database,
                passwords,
                new NewAccounts(devices, confirmations, audit, serverClock, uuids),
                new Plans(TestLimits.settings(settings), serverClock),
                new ServerOwner(database),
                limits.orElseThrow(),
                TestLimits.settings(settings));
    }

    @Test
    void anAddressHasTwentyRegistrationsInAnHour() {
        var registrations = registrations();
        for (int i = 0; i < 20; i++) {
            assertThat(registrations.register(HOME, Device.UNKNOWN, "no e-mail", "x", "y"))
                    .isInstanceOf(Registered.Rejected.class);
        }
        assertThat(registrations.register(
                        HOME, Device.UNKNOWN, "a@people.example", world.name("late"), TestWorld.PASSWORD))
                .isEqualTo(new Registered.TooMany(Duration.ofHours(1)));
    }

    @Test
    void closedAndInviteOnlyServersRegisterNobody() {
        for (String registration : new String[] {"closed", "invite"}) {
            var registrations = registrations("registration", registration);
            assertThat(registrations.isOpen()).isFalse();
            assertThat(registrations.register(
                            HOME, Device.UNKNOWN, "a@people.example", world.name("early"), TestWorld.PASSWORD))
                    .isInstanceOf(Registered.Closed.class);
        }
        assertThat(world.select("SELECT name FROM usernames WHERE name = ?", world.name("early")))
                .isEmpty();
    }
}
