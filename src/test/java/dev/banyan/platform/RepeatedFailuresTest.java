package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.db.DatabaseUnavailable;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedFailuresTest {

    private static final String NAME = RepeatedFailuresTest.class.getName();

    private final List<LogRecord> lines = new ArrayList<>();
    private final TestClock clock = new TestClock();
    private final RepeatedFailures failures = new RepeatedFailures(RepeatedFailuresTest.class, clock);
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger(NAME).addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger(NAME).removeHandler(handler);
    }

    @Test
    void manyFailuresOfOneCauseAreOneLinePerSomeSecondsAndOneStackTrace() {
        for (int i = 0; i < 1_690; i++) {
            failures.failed("It failed", new IllegalStateException("the disk is full"));
            clock.forward(Duration.ofMillis(20));
        }

        assertThat(lines).hasSizeLessThan(6);
        assertThat(lines.stream().filter(line -> line.getThrown() != null)).hasSize(1);
    }

    @Test
    void manyThatFailAlikeAreOneLineThatNamesTheFirst() {
        for (String pool : List.of("sales", "support", "codes")) {
            failures.failed(
                    "It waits: pool", pool, new CompletionException(new IllegalStateException("the disk is full")));
        }

        assertThat(lines).extracting(LogRecord::getMessage).containsExactly("It waits: pool sales: the disk is full");
    }

    @Test
    void anotherCauseIsHeardOfAtOnce() {
        failures.failed("It failed", new IllegalStateException("the disk is full"));
        failures.failed("It failed", new IllegalStateException("the network is down"));

        assertThat(lines).hasSize(2);
    }

    @Test
    void whatFailsForOneReasonHasOneStackTraceTogether() {
        for (int i = 0; i < 5; i++) {
            var reason = new IllegalStateException("the database is away after " + i + " ms");
            failures.failed("The job " + "abcde".charAt(i) + " failed", new IllegalStateException("no answer", reason));
        }

        assertThat(lines).hasSize(5);
        assertThat(lines.stream().filter(line -> line.getThrown() != null)).hasSize(1);
    }

    @Test
    void aDatabaseThatIsAwayIsOneReasonWhereverItIsNoticed() {
        failures.failed("One failed", new DatabaseUnavailable("lost", new IllegalStateException("read")));
        failures.failed("Two failed", new IllegalStateException(new DatabaseUnavailable("none in time")));
        failures.failed("Three failed", new IllegalStateException("no such column"));

        assertThat(lines.stream().map(line -> line.getThrown() != null)).containsExactly(true, false, true);
    }
}
