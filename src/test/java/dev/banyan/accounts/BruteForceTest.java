package dev.banyan.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Logins.LoggedIn;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody guesses from a thousand addresses, as long as the limits let them. How often they are heard is counted, and
/// the honest person signs in meanwhile.
@QuarkusTest
class BruteForceTest {

    private static final int GUESSES = 300;
    private static final Actor HONEST = new Actor(Optional.empty(), "198.51.100.9");

    @Inject
    TestWorld world;

    @Inject
    Database database;

    @Inject
    Passwords passwords;

    @Inject
    SealedSecrets secrets;

    @Inject
    Sessions sessions;

    @Inject
    Passkeys passkeys;

    @Inject
    SignIns signIns;

    @Inject
    Devices devices;

    @Inject
    SecondFactors factors;

    @Inject
    Mails mails;

    @Inject
    Settings settings;

    @Inject
    Audit audit;

    @Inject
    TestClock clock;

    private int begun = 0;
    private Optional<RateLimits> limits = Optional.empty();

    @BeforeEach
    void limitsAreFresh() {
        limits = Optional.of(TestLimits.on(clock));
    }

    /// Another address every time.
    private static Actor guesser(int guess) {
        return new Actor(Optional.empty(), "203.0.%d.%d".formatted(guess / 250, guess % 250 + 1));
    }

    private AwaitedFactors awaited() {
        return new AwaitedFactors(
                database, secrets, sessions, signIns, devices, passkeys, mails, limits.orElseThrow(), audit, clock);
    }

    private Logins logins() {
        return new Logins(
                database,
                passwords,
                sessions,
                signIns,
                awaited(),
                passkeys,
                devices,
                limits.orElseThrow(),
                audit,
                clock);
    }

    private static Device device(String secret) {
        return new Device(secret, false, "Firefox", "198.51.100.x");
    }

    @Test
    void guessedPasswordsAreHeardTenTimesAndTheOwnersDeviceStaysWelcome() {
        TestWorld.Person person = world.person("guessed");
        Device known = device(Digests.newToken());
        assertThat(logins().login(HONEST, known, person.email(), TestWorld.PASSWORD))
                .isInstanceOf(LoggedIn.Welcome.class);
        int heard = 0;
        for (int guess = 0; guess < GUESSES; guess++) {
            LoggedIn answer =
                    logins().login(guesser(guess), device(Digests.newToken()), person.email(), "guess number " + guess);
            heard += answer instanceof LoggedIn.WrongCredentials ? 1 : 0;
        }
        assertThat(heard).isEqualTo(10);
        assertThat(logins().login(guesser(1), device(Digests.newToken()), person.email(), TestWorld.PASSWORD))
                .as("even a right guess")
                .isInstanceOf(LoggedIn.TooMany.class);
        assertThat(logins().login(HONEST, known, person.email(), TestWorld.PASSWORD))
                .as("the owner, on a device that is known")
                .isInstanceOf(LoggedIn.Welcome.class);
        assertThat(logins().login(HONEST, known, world.rival().email(), TestWorld.PASSWORD))
                .as("somebody else")
                .isInstanceOf(LoggedIn.Welcome.class);

        for (int guess = 0; guess < 10; guess++) {
            assertThat(logins().login(guesser(guess), known, person.email(), "guess"))
                    .isInstanceOf(LoggedIn.WrongCredentials.class);
        }
        assertThat(logins().login(HONEST, known, person.email(), TestWorld.PASSWORD))
                .as("a known device has no more tries than others")
                .isInstanceOf(LoggedIn.TooMany.class);
        clock.forward(Duration.ofMinutes(15));
        assertThat(logins().login(HONEST, device(Digests.newToken()), person.email(), TestWorld.PASSWORD))
                .isInstanceOf(LoggedIn.Welcome.class);
    }

    @Test
    void guessedCodesAreHeardTenTimesHoweverManySignInsBegin() throws CodeGenerationException {
        TestWorld.Person person = world.person("coded");
        Self self = Self.of(world.context(person));
        var ready = (SecondFactors.Ready) factors.setUp(self, FactorKind.TOTP);
        String secret = ready.app().orElseThrow().secret();
        assertThat(factors.enable(self, FactorKind.TOTP, code(secret))).isInstanceOf(SecondFactors.Done.class);
        clock.forward(Duration.ofMinutes(1));
        int heard = 0;
        for (int guess = 0; guess < GUESSES / 5; guess++) { // each begins with a right password, which is slow to check
            var verified = awaited().verify(guesser(guess), Device.UNKNOWN, begin(person), wrong(secret, guess));
            heard += verified instanceof AwaitedFactors.Verified.Wrong ? 1 : 0;
        }
        assertThat(heard).isEqualTo(10);
        assertThat(awaited().verify(guesser(1), Device.UNKNOWN, begin(person), code(secret)))
                .as("even a right guess")
                .isInstanceOf(AwaitedFactors.Verified.TooMany.class);

        clock.forward(Duration.ofMinutes(15));
        String session = begin(person);
        for (int guess = 0; guess < AwaitedFactors.TRIES; guess++) {
            assertThat(awaited().verify(guesser(guess), Device.UNKNOWN, session, wrong(secret, guess)))
                    .isInstanceOf(AwaitedFactors.Verified.Wrong.class);
        }
        assertThat(awaited().verify(HONEST, Device.UNKNOWN, session, code(secret)))
                .as("one sign-in has five tries")
                .isInstanceOf(AwaitedFactors.Verified.Exhausted.class);
        assertThat(awaited().verify(HONEST, Device.UNKNOWN, begin(person), code(secret)))
                .as("the owner begins anew")
                .isInstanceOf(AwaitedFactors.Verified.Welcome.class);
    }

    private String begin(TestWorld.Person person) {
        return ((LoggedIn.SecondStep) logins().login(
                                guesser(++begun), device(Digests.newToken()), person.email(), TestWorld.PASSWORD))
                .asked()
                .session();
    }

    private String code(String secret) throws CodeGenerationException {
        return new DefaultCodeGenerator().generate(secret, clock.instant().getEpochSecond() / 30);
    }

    /// A code that is none of the three that would do.
    private String wrong(String secret, int guess) throws CodeGenerationException {
        long step = clock.instant().getEpochSecond() / 30;
        for (int number = guess; ; number++) {
            String code = String.format(Locale.ROOT, "%06d", number % 1_000_000);
            var generator = new DefaultCodeGenerator();
            if (!code.equals(generator.generate(secret, step - 1))
                    && !code.equals(generator.generate(secret, step))
                    && !code.equals(generator.generate(secret, step + 1))) {
                return code;
            }
        }
    }

    @Test
    void guessedResetCodesAreLookedAtFiveTimes() {
        TestWorld.Person person = world.person("reset");
        var resets =
                new PasswordResets(database, passwords, secrets, mails, settings, limits.orElseThrow(), audit, clock);
        assertThat(resets.send(person.email())).isTrue();
        String code = world.select(
                        "SELECT subject FROM mails WHERE recipient = ? AND subject LIKE 'Your code for a new%'",
                        person.email())
                .getFirst()
                .replaceAll("[^0-9]", "");
        for (int guess = 0; guess < 20; guess++) {
            String wrong = String.format(Locale.ROOT, "%06d", (Integer.parseInt(code) + 1 + guess) % 1_000_000);
            assertThat(resets.choose(guesser(guess), person.email(), wrong, "the tide turns at noon"))
                    .isInstanceOf(PasswordResets.Chosen.WrongCode.class);
        }
        assertThat(resets.choose(guesser(1), person.email(), code, "the tide turns at noon"))
                .as("the right code, too late")
                .isInstanceOf(PasswordResets.Chosen.WrongCode.class);
        assertThat(logins().login(HONEST, Device.UNKNOWN, person.email(), TestWorld.PASSWORD))
                .as("the old password goes on")
                .isInstanceOf(LoggedIn.Welcome.class);
        int asked = 0;
        for (int guess = 0; guess < 20; guess++) {
            asked += resets.ask(guesser(guess), person.email()).isEmpty() ? 1 : 0;
        }
        assertThat(asked).as("mails of an hour").isEqualTo(3);
        int tried = 0;
        for (int guess = 0; guess < 40; guess++) {
            tried += resets.choose(HONEST, guess + world.rival().email(), "000000", "the tide turns at noon")
                            instanceof PasswordResets.Chosen.WrongCode
                    ? 1
                    : 0;
        }
        assertThat(tried).as("tries of one address in an hour").isEqualTo(30);
    }
}
