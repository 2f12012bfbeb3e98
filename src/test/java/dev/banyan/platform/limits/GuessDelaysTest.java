package dev.banyan.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits.Guess;
import dev.banyan.platform.limits.RateLimits.Origin;
import org.junit.jupiter.api.Test;

class GuessDelaysTest {

    private final TestClock clock = new TestClock();
    private final RateLimits limits = TestLimits.on(clock);
    private int strangers;

    @Test
    void eachFailureMakesTheNextTryWaitLongerUpToEvenSteps() {
        for (int i = 0; i < 10; i++) {
            assertThat(wrong()).isEmpty();
        }
        for (int seconds : new int[] {15, 30, 60, 120, 240, 480, 960, 1_080, 1_080}) {
            assertThat(wrong()).contains(Duration.ofSeconds(seconds));
            clock.forward(Duration.ofSeconds(seconds));
            assertThat(wrong()).isEmpty();
        }
    }

    @Test
    void aRightTryCostsNothing() {
        for (int i = 0; i < 30; i++) {
            assertThat(tried(true, "maya@example.com")).isEmpty();
        }
        for (int i = 0; i < 10; i++) {
            assertThat(wrong()).isEmpty();
        }
        clock.forward(Duration.ofSeconds(15));
        assertThat(tried(true, "maya@example.com")).isEmpty();
        assertThat(wrong()).as("as long as if it had not been").isEmpty();
        assertThat(wrong()).contains(Duration.ofSeconds(30));
    }

    @Test
    void aDayOfRestBeginsAnewAndNothingLess() {
        for (int i = 0; i < 11; i++) {
            wrong();
        }
        clock.forward(Duration.ofHours(23));
        assertThat(wrong()).isEmpty();
        assertThat(wrong()).contains(Duration.ofSeconds(30));
        clock.forward(Duration.ofHours(24));
        for (int i = 0; i < 10; i++) {
            assertThat(wrong()).isEmpty();
        }
    }

    @Test
    void aFloodOfNamesThatNobodyHasMakesNoNameThatExistsForgotten() {
        for (int i = 0; i < 11; i++) {
            wrong();
        }
        for (int i = 0; i < 250_000; i++) {
            limits.guessing(guess("made up " + i, false), () -> false, right -> !right, _ -> false);
        }
        assertThat(wrong()).isPresent();
    }

    @Test
    void operatorsSeeWhoIsSlowedDownAndLetThemIn() {
        for (int i = 0; i < 12; i++) {
            wrong();
        }
        assertThat(limits.refused(10))
                .singleElement()
                .satisfies(refused -> assertThat(refused.shown()).isEqualTo("maya@example.com"))
                .satisfies(refused -> assertThat(refused.remaining()).isEqualTo(Duration.ofSeconds(15)));
        assertThat(limits.lift(limits.refused(1).getFirst().id())).isPresent();
        assertThat(wrong()).isEmpty();
        assertThat(limits.liftAll("maya@example.com")).isPositive();
        assertThat(limits.liftAll("maya@example.com")).isZero();
    }

    private Optional<Duration> wrong() {
        return tried(false, "maya@example.com");
    }

    private Optional<Duration> tried(boolean right, String name) {
        return limits.guessing(
                guess(name, true), () -> Optional.<Duration>empty(), wait -> wait.isEmpty() && !right, Optional::of);
    }

    /// Returns a guess from a new network.
    private Guess guess(String name, boolean exists) {
        strangers++;
        return new Guess(
                RateLimit.LOGIN_FAILURES_BY_NAME,
                RateLimit.LOGIN_GUESSES_BY_NAME,
                name,
                Origin.strange("10.%d.%d.%d".formatted(strangers >> 16, strangers >> 8 & 255, strangers & 255)),
                exists);
    }
}
