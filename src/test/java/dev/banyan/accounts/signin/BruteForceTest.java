package dev.banyan.accounts.signin;

import static dev.banyan.accounts.LimitedDoors.HONEST;
import static dev.banyan.accounts.LimitedDoors.guesser;
import static dev.banyan.accounts.LimitedDoors.newDevice;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.LimitedDoors;
import dev.banyan.accounts.TestFactors;
import dev.banyan.accounts.signin.Logins.LoggedIn;
import dev.banyan.accounts.signin.factors.FactorKind;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.outcome.Outcome;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Guessing from a thousand addresses, as far as the limits allow. The test counts the guesses that are checked, while
/// the real person can still sign in.
@QuarkusTest
class BruteForceTest {

    private static final int GUESSES = 300;

    @Inject
    TestWorld world;

    @Inject
    LimitedDoors doors;

    @Inject
    TestFactors factors;

    @Inject
    TestClock clock;

    private int begun = 0;

    @Test
    void guessedPasswordsAreHeardTenTimesAndTheOwnersDeviceStaysWelcome() {
        TestWorld.Person person = world.person("guessed");
        Device known = newDevice();
        assertThat(doors.logins().login(HONEST, known, person.email(), TestWorld.PASSWORD))
                .isInstanceOf(LoggedIn.Welcome.class);
        int heard = 0;
        for (int guess = 0; guess < GUESSES; guess++) {
            LoggedIn answer =
                    doors.logins().login(guesser(guess), newDevice(), person.email(), "guess number " + guess);
            heard += answer instanceof LoggedIn.WrongCredentials ? 1 : 0;
        }
        assertThat(heard).isEqualTo(10);
        assertThat(doors.logins().login(guesser(1), newDevice(), person.email(), TestWorld.PASSWORD))
                .as("even a right guess")
                .isInstanceOf(LoggedIn.TooMany.class);
        assertThat(doors.logins().login(HONEST, known, person.email(), TestWorld.PASSWORD))
                .as("the owner, on a device that is known")
                .isInstanceOf(LoggedIn.Welcome.class);
        assertThat(doors.logins().login(HONEST, known, world.rival().email(), TestWorld.PASSWORD))
                .as("somebody else")
                .isInstanceOf(LoggedIn.Welcome.class);

        for (int guess = 0; guess < 10; guess++) {
            assertThat(doors.logins().login(guesser(guess), known, person.email(), "guess"))
                    .isInstanceOf(LoggedIn.WrongCredentials.class);
        }
        assertThat(doors.logins().login(HONEST, known, person.email(), TestWorld.PASSWORD))
                .as("a known device has no more tries than others")
                .isInstanceOf(LoggedIn.TooMany.class);
        clock.forward(Duration.ofMinutes(15));
        assertThat(doors.logins().login(HONEST, newDevice(), person.email(), TestWorld.PASSWORD))
                .isInstanceOf(LoggedIn.Welcome.class);
    }

    @Test
    void guessedCodesAreHeardTenTimesHoweverManySignInsBegin() {
        TestWorld.Person person = world.person("coded");
        String secret = factors.app(person);
        int heard = 0;
        for (int guess = 0; guess < GUESSES / 5; guess++) { // a correct password first, slow to check
            var verified = doors.awaited().verify(guesser(guess), Device.UNKNOWN, begin(person), wrong(secret, guess));
            heard += verified instanceof AwaitedFactors.Verified.Wrong ? 1 : 0;
        }
        assertThat(heard).isEqualTo(10);
        assertThat(doors.awaited().verify(guesser(1), Device.UNKNOWN, begin(person), factors.code(secret)))
                .as("even a right guess")
                .isInstanceOf(AwaitedFactors.Verified.TooMany.class);

        clock.forward(Duration.ofMinutes(15));
        assertThat(doors.awaited().verify(HONEST, newDevice(), begin(person), factors.code(secret)))
                .as("the owner, from now on at home")
                .isInstanceOf(AwaitedFactors.Verified.Welcome.class);
        String session = begin(person);
        for (int guess = 0; guess < AwaitedFactors.TRIES; guess++) {
            assertThat(doors.awaited().verify(HONEST, Device.UNKNOWN, session, wrong(secret, guess)))
                    .isInstanceOf(AwaitedFactors.Verified.Wrong.class);
        }
        assertThat(doors.awaited().verify(HONEST, Device.UNKNOWN, session, factors.code(secret)))
                .as("one sign-in has five tries")
                .isInstanceOf(AwaitedFactors.Verified.Exhausted.class);
        clock.forward(Duration.ofMinutes(1)); // each code of an app works once
        assertThat(doors.awaited().verify(HONEST, Device.UNKNOWN, begin(person), factors.code(secret)))
                .as("the owner begins anew")
                .isInstanceOf(AwaitedFactors.Verified.Welcome.class);
    }

    private String begin(TestWorld.Person person) {
        return doors.begin(guesser(++begun), person);
    }

    /// Returns a code that is none of the three valid ones.
    private String wrong(String secret, int guess) {
        for (int number = guess; ; number++) {
            String code = String.format(Locale.ROOT, "%06d", number % 1_000_000);
            if (!Set.of(factors.code(secret, -1), factors.code(secret), factors.code(secret, 1))
                    .contains(code)) {
                return code;
            }
        }
    }

    @Test
    void guessedBackupCodesAndMailedCodesAreHeardTenTimes() {
        TestWorld.Person owner = world.person("backed");
        String backup = factors.with(owner, FactorKind.TOTP).backupCodes().getFirst();
        TestWorld.Person reader = world.person("mailed");
        factors.mails(reader);
        for (TestWorld.Person person : List.of(owner, reader)) {
            int heard = 0;
            for (int guess = 0; guess < 15; guess++) {
                String wrong = person.equals(owner)
                        ? "AAAA%04d".formatted(guess).replace('0', 'B').replace('1', 'C')
                        : "wrong " + guess;
                var verified = doors.awaited().verify(guesser(guess), Device.UNKNOWN, begin(person), wrong);
                heard += verified instanceof AwaitedFactors.Verified.Wrong ? 1 : 0;
            }
            assertThat(heard).as(person.username()).isEqualTo(10);
        }
        assertThat(doors.awaited().verify(guesser(1), Device.UNKNOWN, begin(owner), backup))
                .isInstanceOf(AwaitedFactors.Verified.TooMany.class);
        clock.forward(Duration.ofMinutes(15));
        assertThat(doors.awaited().verify(HONEST, Device.UNKNOWN, begin(owner), backup))
                .as("what was refused is not used up")
                .isInstanceOf(AwaitedFactors.Verified.Welcome.class);
        String session = begin(reader);
        assertThat(doors.awaited().verify(HONEST, Device.UNKNOWN, session, factors.mailed(reader.email())))
                .isInstanceOf(AwaitedFactors.Verified.Welcome.class);
    }

    /// Concurrent guesses from many addresses are limited like sequential ones.
    @Test
    void aBurstIsHeardNoMoreOften() {
        TestWorld.Person person = world.person("burst");
        List<LoggedIn> passwords = AtOnce.run(
                40, guess -> doors.logins().login(guesser(guess), newDevice(), person.email(), "guess " + guess));
        assertThat(passwords)
                .filteredOn(LoggedIn.WrongCredentials.class::isInstance)
                .hasSize(10);
        assertThat(passwords).filteredOn(LoggedIn.TooMany.class::isInstance).hasSize(30);

        TestWorld.Person coded = world.person("codes");
        String secret = factors.app(coded);
        List<String> sessions =
                IntStream.range(0, 8).mapToObj(_ -> begin(coded)).toList();
        List<AwaitedFactors.Verified> codes = AtOnce.run(
                32,
                guess -> doors.awaited()
                        .verify(guesser(guess), Device.UNKNOWN, sessions.get(guess / 4), wrong(secret, guess)));
        assertThat(codes)
                .filteredOn(AwaitedFactors.Verified.Wrong.class::isInstance)
                .hasSize(10);
        assertThat(codes)
                .filteredOn(AwaitedFactors.Verified.TooMany.class::isInstance)
                .hasSize(22);
    }

    /// One address may try thirty sign-ins per minute, whatever the names; other addresses are not affected.
    @Test
    void oneAddressIsHeardThirtyTimesInAMinute() {
        int heard = 0;
        for (int guess = 0; guess < 60; guess++) {
            heard += doors.logins().login(guesser(0), newDevice(), world.name("nobody") + guess, "guess")
                            instanceof LoggedIn.WrongCredentials
                    ? 1
                    : 0;
        }
        assertThat(heard).isEqualTo(30);
        assertThat(doors.logins().login(HONEST, newDevice(), world.rival().email(), TestWorld.PASSWORD))
                .isInstanceOf(LoggedIn.Welcome.class);
        clock.forward(Duration.ofMinutes(1));
        assertThat(doors.logins().login(guesser(0), newDevice(), world.rival().email(), TestWorld.PASSWORD))
                .as("the neighbour behind the same address, a minute later")
                .isInstanceOf(LoggedIn.Welcome.class);
    }

    /// Strangers request and guess codes for an hour: the owner, on a known device, still gets a code and can use it.
    @Test
    void nobodyKeepsTheOwnerFromANewPassword() {
        TestWorld.Person person = world.person("pestered");
        PasswordResets resets = doors.resets();
        Device known = newDevice();
        assertThat(doors.logins().login(HONEST, known, person.email(), TestWorld.PASSWORD))
                .isInstanceOf(LoggedIn.Welcome.class);
        for (int guess = 0; guess < 4; guess++) {
            resets.ask(guesser(guess), newDevice(), person.email());
        }
        assertThat(resets.ask(guesser(1), newDevice(), person.email())).isPresent();

        assertThat(resets.ask(HONEST, known, person.email())).isEmpty();
        List<String> codes = Eventually.until(() -> factors.resetCodes(person.email()), mailed -> mailed.size() == 4);
        for (int guess = 0; guess < 10; guess++) {
            resets.choose(guesser(guess), newDevice(), person.email(), "wrong", "the tide turns at noon");
        }
        for (String code : codes) {
            assertThat(resets.choose(guesser(1), newDevice(), person.email(), code, "the tide turns at noon"))
                    .as("elsewhere")
                    .isEqualTo(Outcome.notFound());
        }
        Device strange = newDevice();
        assertThat(doors.logins().login(HONEST, strange, world.rival().email(), TestWorld.PASSWORD))
                .isInstanceOf(LoggedIn.Welcome.class);
        assertThat(codes)
                .as("a device that somebody else has signed in with")
                .allMatch(code -> resets.choose(guesser(2), strange, person.email(), code, "the tide turns at noon")
                        .equals(Outcome.notFound()));
        assertThat(codes)
                .as("here, of four mails the own one")
                .map(code -> resets.choose(HONEST, known, person.email(), code, "the tide turns at noon"))
                .containsOnlyOnce(Outcome.done());
        for (int guess = 0; guess < 2; guess++) {
            assertThat(resets.ask(HONEST, known, person.email())).isEmpty();
        }
        assertThat(resets.ask(HONEST, known, person.email()))
                .as("a known device has no more mails than others")
                .contains(Duration.ofHours(1));
    }

    @Test
    void guessedResetCodesAreLookedAtFiveTimes() {
        TestWorld.Person person = world.person("reset");
        PasswordResets resets = doors.resets();
        String code = factors.resetCode(person.email());
        for (int guess = 0; guess < 20; guess++) {
            String wrong = String.format(Locale.ROOT, "%06d", (Integer.parseInt(code) + 1 + guess) % 1_000_000);
            assertThat(resets.choose(guesser(guess), newDevice(), person.email(), wrong, "the tide turns at noon"))
                    .isEqualTo(Outcome.notFound());
        }
        assertThat(resets.choose(guesser(1), newDevice(), person.email(), code, "the tide turns at noon"))
                .as("the right code, too late")
                .isEqualTo(Outcome.notFound());
        assertThat(doors.logins().login(HONEST, Device.UNKNOWN, person.email(), TestWorld.PASSWORD))
                .as("the old password goes on")
                .isInstanceOf(LoggedIn.Welcome.class);
        int asked = 0;
        for (int guess = 0; guess < 20; guess++) {
            asked += resets.ask(guesser(guess), newDevice(), person.email()).isEmpty() ? 1 : 0;
        }
        assertThat(asked).as("mails of an hour").isEqualTo(3);
        int tried = 0;
        for (int guess = 0; guess < 40; guess++) {
            tried += resets.choose(
                                    HONEST,
                                    newDevice(),
                                    guess + world.rival().email(),
                                    "000000",
                                    "the tide turns at noon")
                            .equals(Outcome.notFound())
                    ? 1
                    : 0;
        }
        assertThat(tried).as("tries of one address in an hour").isEqualTo(30);
    }
}
