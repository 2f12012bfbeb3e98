package dev.banyan.accounts.signin;

import static dev.banyan.accounts.LimitedDoors.HONEST;
import static dev.banyan.accounts.LimitedDoors.guesser;
import static dev.banyan.accounts.LimitedDoors.newDevice;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.LimitedDoors;
import dev.banyan.accounts.signin.Logins.LoggedIn;
import dev.banyan.platform.audit.Actor;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Guessing one person's password for two days, every two minutes from another of a thousand networks.
@QuarkusTest
class GuessingFromAThousandNetworksTest {

    private static final Duration STEP = Duration.ofMinutes(2);
    private static final int STEPS = 2 * 24 * 30;

    @Inject
    TestWorld world;

    @Inject
    LimitedDoors doors;

    @Inject
    Passwords passwords;

    @Inject
    TestClock clock;

    @Test
    void isHeardAHundredTimesADayWhileTheOwnerComesAndGoes() {
        TestWorld.Person owner = world.person("besieged");
        Device laptop = newDevice();
        assertThat(doors.logins().login(HONEST, laptop, owner.email(), TestWorld.PASSWORD))
                .isInstanceOf(LoggedIn.Welcome.class);
        List<String> names =
                List.of(owner.email(), owner.username(), " " + owner.email().toUpperCase(Locale.ROOT));
        long hashed = passwords.worked();
        int ownersTries = 0;
        List<Instant> heard = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            LoggedIn answer = doors.logins()
                    .login(guesser(step % 1_000), newDevice(), names.get(step % names.size()), "guess " + step);
            if (answer instanceof LoggedIn.WrongCredentials) {
                heard.add(clock.instant());
            } else {
                assertThat(answer)
                        .isInstanceOfSatisfying(
                                LoggedIn.TooMany.class,
                                tooMany -> assertThat(tooMany.retryAfter())
                                        .isPositive()
                                        .isLessThanOrEqualTo(Duration.ofHours(24)));
            }
            if (step % 100 == 99) {
                ownersTries += 2;
                assertThat(doors.logins().login(HONEST, newDevice(), owner.username(), TestWorld.PASSWORD))
                        .as("at home, in another browser, at step " + step)
                        .isInstanceOf(LoggedIn.Welcome.class);
                assertThat(doors.logins().login(guesser(5_000 + step), laptop, owner.email(), TestWorld.PASSWORD))
                        .as("far away, with the laptop, at step " + step)
                        .isInstanceOf(LoggedIn.Welcome.class);
            }
            clock.forward(STEP);
        }

        assertThat(passwords.worked() - hashed - ownersTries)
                .as("what was heard reached a hash, and nothing else did")
                .isEqualTo(heard.size());
        assertThat(heard).hasSizeGreaterThan(100);
        for (Instant from : heard) {
            assertThat(heard)
                    .as("in any 24 hours")
                    .filteredOn(at -> !at.isBefore(from) && at.isBefore(from.plus(Duration.ofHours(24))))
                    .hasSizeLessThanOrEqualTo(100);
        }
    }

    @Test
    void isHeardAlikeWhetherSomebodyHasTheNameOrNot() {
        TestWorld.Person owner = world.person("existing");
        String nobody = world.name("nobody") + "@people.example";
        for (int step = 0; step < 300; step++) {
            LoggedIn known = doors.logins().login(guesser(step), newDevice(), owner.email(), "guess");
            LoggedIn unknown = doors.logins().login(guesser(step), newDevice(), nobody, "guess");
            assertThat(unknown).as("at step " + step).isEqualTo(known);
            clock.forward(Duration.ofSeconds(20));
        }
    }

    @Test
    void makesAStrangerWaitAndSaysHowLong() {
        TestWorld.Person owner = world.person("travelling");
        for (int guess = 0; guess < 10; guess++) {
            doors.logins().login(guesser(guess), newDevice(), owner.email(), "guess");
        }
        Actor hotel = new Actor(Optional.empty(), "192.0.2.77");
        assertThat(doors.logins().login(hotel, newDevice(), owner.email(), TestWorld.PASSWORD))
                .isEqualTo(new LoggedIn.TooMany(Duration.ofSeconds(15)));
        clock.forward(Duration.ofSeconds(15));
        assertThat(doors.logins().login(hotel, newDevice(), owner.email(), TestWorld.PASSWORD))
                .isInstanceOf(LoggedIn.Welcome.class);
    }

    /// With IPv6 everyone has a network of their own, whose addresses count as one.
    @Test
    void countsANetworkAsOneWhateverItsAddresses() {
        TestWorld.Person owner = world.person("sixth");
        int heard = 0;
        for (int guess = 0; guess < 40; guess++) {
            var actor = new Actor(Optional.empty(), "2001:db8:0:7::" + Integer.toHexString(guess + 1));
            heard += doors.logins().login(actor, newDevice(), owner.email(), "guess")
                            instanceof LoggedIn.WrongCredentials
                    ? 1
                    : 0;
            clock.forward(Duration.ofSeconds(20));
        }
        assertThat(heard).isEqualTo(10);
    }
}
