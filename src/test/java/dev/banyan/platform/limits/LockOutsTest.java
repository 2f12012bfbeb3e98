package dev.banyan.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LockOutsTest {

    private static final Actor OPERATOR = new Actor(Optional.empty(), "198.51.100.9");

    private final Database database = TestDatabases.SQLITE.newCopy();
    private final TestClock clock = new TestClock();
    private final RateLimits limits =
            TestLimits.on(clock, "limit-login-failures-by-name", "1/1h", "limit-login-by-ip", "1/1h");
    private final LockOuts lockOuts = new LockOuts(limits, database, audit());

    private Audit audit() {
        return TestAudit.on(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> acts() {
        return database.read(tx -> tx.sql()
                .fetch("SELECT action || ' ' || target || ' ' || details FROM audit_events ORDER BY id")
                .getValues(0, String.class));
    }

    @Test
    void aNameIsLetInAgainHoweverItIsTyped() {
        limits.take(RateLimit.LOGIN_FAILURES_BY_NAME, "maya@example.com");
        assertThat(limits.exhausted(RateLimit.LOGIN_FAILURES_BY_NAME, "maya@example.com"))
                .isPresent();

        assertThat(lockOuts.liftAll(OPERATOR, " Maya@Example.com ")).isTrue();

        assertThat(limits.exhausted(RateLimit.LOGIN_FAILURES_BY_NAME, "maya@example.com"))
                .isEmpty();
        assertThat(acts()).singleElement().asString().startsWith("LockOutLifted maya@example.com");
    }

    @Test
    void anAddressIsLetInAgainAndTheAuditDoesNotKeepIt() {
        limits.take(RateLimit.LOGIN_BY_IP, "203.0.113.7");
        assertThat(lockOuts.lift(OPERATOR, limits.refused(1).getFirst().id())).isTrue();
        assertThat(limits.take(RateLimit.LOGIN_BY_IP, "203.0.113.7")).isEmpty();
        assertThat(acts()).singleElement().asString().contains("203.0.113.x").doesNotContain("203.0.113.7");
    }

    @Test
    void nothingIsNotedWhereNobodyWasRefused() {
        assertThat(lockOuts.liftAll(OPERATOR, "maya@example.com")).isFalse();
        assertThat(lockOuts.liftAll(OPERATOR, " ")).isFalse();
        assertThat(lockOuts.lift(OPERATOR, "0".repeat(32))).isFalse();
        assertThat(acts()).isEmpty();
    }
}
