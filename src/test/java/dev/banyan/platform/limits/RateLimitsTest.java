package dev.banyan.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.config.RateLimit;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private final TestClock clock = new TestClock();
    private final RateLimits limits = TestLimits.on(clock, "limit-login-by-ip", "3/10s");

    @Test
    void soManyPassAndNoMore() {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.take(RateLimit.LOGIN_BY_IP, "203.0.113.7")).isEmpty();
        }
        assertThat(limits.take(RateLimit.LOGIN_BY_IP, "203.0.113.7")).contains(Duration.ofSeconds(10));
    }

    @Test
    void aWindowEndsAsAWhole() {
        takeAll();
        clock.forward(Duration.ofMillis(9_999));
        assertThat(limits.take(RateLimit.LOGIN_BY_IP, "203.0.113.7")).contains(Duration.ofMillis(1));
        clock.forward(Duration.ofMillis(1));
        takeAll();
        assertThat(limits.take(RateLimit.LOGIN_BY_IP, "203.0.113.7")).isPresent();
    }

    private void takeAll() {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.take(RateLimit.LOGIN_BY_IP, "203.0.113.7")).isEmpty();
        }
    }

    @Test
    void lookingDoesNotCount() {
        for (int i = 0; i < 10; i++) {
            assertThat(limits.exhausted(RateLimit.LOGIN_BY_IP, "203.0.113.7")).isEmpty();
        }
        takeAll();
        assertThat(limits.exhausted(RateLimit.LOGIN_BY_IP, "203.0.113.7")).contains(Duration.ofSeconds(10));
    }

    @Test
    void onlyFailuresCountAndNoMoreAreHeardAtOnceThanAreLeft() {
        for (int i = 0; i < 10; i++) {
            assertThat(attempt("right")).isEqualTo("right");
        }
        List<String> heard = AtOnce.run(50, _ -> attempt("wrong"));
        assertThat(heard).filteredOn("wrong"::equals).hasSize(3);
        assertThat(heard).filteredOn("wait 10"::equals).hasSize(47);
        assertThat(attempt("right")).isEqualTo("wait 10");
        clock.forward(Duration.ofSeconds(10));
        assertThat(attempt("right")).isEqualTo("right");
        assertThat(AtOnce.run(50, _ -> attempt("wrong")))
                .filteredOn("wrong"::equals)
                .as("what is given back is no more than was taken")
                .hasSize(3);
    }

    @Test
    void whatCouldNotBeTriedDoesNotCount() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> limits.countingFailures(
                            RateLimit.LOGIN_BY_IP,
                            "203.0.113.7",
                            () -> {
                                throw new IllegalStateException("overloaded");
                            },
                            _ -> true,
                            wait -> wait))
                    .isInstanceOf(IllegalStateException.class);
        }
        takeAll();
    }

    private String attempt(String outcome) {
        return limits.countingFailures(
                RateLimit.LOGIN_BY_IP,
                "203.0.113.7",
                () -> outcome,
                "wrong"::equals,
                wait -> "wait " + wait.toSeconds());
    }

    @Test
    void whoHasAnIpv6NetworkIsOneOfThem() {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.take(RateLimit.LOGIN_BY_IP, "2001:db8:0:1::" + i)).isEmpty();
        }
        assertThat(limits.take(RateLimit.LOGIN_BY_IP, "2001:db8:0:1:abcd:0:0:1"))
                .isPresent();
        assertThat(limits.take(RateLimit.LOGIN_BY_IP, "2001:db8:0:2::1")).isEmpty();
        assertThat(limits.refused(10).getFirst().shown()).isEqualTo("2001:db8:0:x");
        assertThat(limits.liftAll("2001:db8:0:1::77")).isEqualTo(1);
    }

    /// Names are typed by strangers: for a name of a megabyte, only a digest is kept in memory.
    @Test
    void aLongKeyIsCountedAndNotKept() {
        String endless = "x".repeat(1 << 20);
        for (int i = 0; i < 3; i++) {
            assertThat(limits.take(RateLimit.LOGIN_BY_IP, endless)).isEmpty();
        }
        assertThat(limits.take(RateLimit.LOGIN_BY_IP, endless)).isPresent();
        assertThat(limits.take(RateLimit.LOGIN_BY_IP, endless + "y")).isEmpty();
        assertThat(limits.refused(10).getFirst().shown()).hasSize(64);
    }

    @Test
    void keysAndLimitsCountApart() {
        takeAll();
        assertThat(limits.take(RateLimit.LOGIN_BY_IP, "203.0.113.8")).isEmpty();
        assertThat(limits.take(RateLimit.REGISTER_BY_IP, "203.0.113.7")).isEmpty();
    }

    @Test
    void atOnceNoneSlipsThrough() {
        long passed = AtOnce.run(50, _ -> limits.take(RateLimit.LOGIN_BY_IP, "203.0.113.7")).stream()
                .filter(Optional::isEmpty)
                .count();
        assertThat(passed).isEqualTo(3);
    }

    @Test
    void offMeansOff() {
        RateLimits off = TestLimits.on(clock, "rate-limits", "off", "limit-login-by-ip", "1/10s");
        for (int i = 0; i < 10; i++) {
            assertThat(off.take(RateLimit.LOGIN_BY_IP, "203.0.113.7")).isEmpty();
        }
    }

    @Test
    void theTableIsTheDesigns() {
        assertThat(RateLimit.LOGIN_FAILURES_BY_NAME.fallback).hasToString("10/15m");
        assertThat(RateLimit.LOGIN_BY_IP.fallback).hasToString("30/1m");
        assertThat(RateLimit.REGISTER_BY_IP.fallback).hasToString("20/1h");
        assertThat(RateLimit.ADMIN_BY_CALLER.fallback).hasToString("120/30s");
        assertThat(RateLimit.LOGIN_BY_IP.failsOpen).isFalse();
        assertThat(RateLimit.ADMIN_BY_CALLER.failsOpen).isTrue();
    }

    @Test
    void whoIsRefusedIsShownWithoutTheWholeAddressAndCanBeLetInAgain() {
        takeAll();
        limits.take(RateLimit.LOGIN_BY_IP, "203.0.113.7");
        limits.take(RateLimit.LOGIN_BY_IP, "203.0.113.7");
        limits.take(RateLimit.LOGIN_BY_IP, "198.51.100.1");

        RateLimits.Refused refused = limits.refused(10).getFirst();
        assertThat(limits.refused(10)).hasSize(1);
        assertThat(refused.shown()).isEqualTo("203.0.113.x");
        assertThat(refused.times()).isEqualTo(2);
        assertThat(refused.remaining()).isEqualTo(Duration.ofSeconds(10));
        assertThat(refused.toString()).doesNotContain("203.0.113.7");

        assertThat(limits.lift(refused.id())).contains(refused);
        assertThat(limits.lift(refused.id())).isEmpty();
        assertThat(limits.refused(10)).isEmpty();
        takeAll();
    }

    @Test
    void allThatIsCountedUnderANameBeginsAnew() {
        takeAll();
        limits.take(RateLimit.UNLOCK_FAILURES_BY_VISITOR, "203.0.113.7 a-link");
        limits.take(RateLimit.LOGIN_BY_IP, "203.0.113.70");

        assertThat(limits.liftAll("203.0.113.7")).isEqualTo(2);
        assertThat(limits.liftAll("203.0.113.7")).isZero();
        takeAll();
        clock.forward(Duration.ofSeconds(11));
        assertThat(limits.refused(10)).isEmpty();
    }
}
