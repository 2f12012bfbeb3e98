package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class ReplicaLagTest {

    private final AtomicLong nanos = new AtomicLong(-7);
    private final ReplicaLag lag = new ReplicaLag(nanos::get);

    @Test
    void itIsNotReadBeforeItHasAnswered() {
        assertThat(lag.isReadable()).isFalse();
        lag.ask();
        assertThat(lag.isReadable()).isFalse();
        assertThat(lag.now()).isEmpty();
    }

    @Test
    void whatHasEverythingIsReadHoweverLongNothingIsWritten() {
        for (int i = 0; i < 5; i++) {
            look(100, 100);
            assertThat(lag.isReadable()).isTrue();
            pass(Duration.ofSeconds(4));
        }
    }

    @Test
    void whatIsAlwaysALittleBehindIsRead() {
        look(100, 90); // nothing is known yet
        assertThat(lag.isReadable()).isFalse();
        for (int i = 1; i < 20; i++) {
            pass(Duration.ofSeconds(1));
            look(100 + 10 * i, 90 + 10 * i);
            assertThat(lag.isReadable()).isTrue();
            assertThat(lag.now()).contains(Duration.ofSeconds(1));
        }
    }

    @Test
    void whatStaysBehindIsLeftAndReadAgainOnceItHasCaughtUp() {
        look(100, 100);
        pass(ReplicaLag.MOST);
        look(200, 100);
        assertThat(lag.isReadable()).isTrue();
        pass(Duration.ofNanos(1));
        assertThat(lag.isReadable()).isFalse();
        assertThat(lag.isTooFar()).isTrue();

        pass(Duration.ofHours(1));
        look(900, 150);
        assertThat(lag.isReadable()).isFalse();
        look(900, 200); // as of an hour ago
        assertThat(lag.isReadable()).isFalse();
        look(901, 900); // as of the look before
        assertThat(lag.isReadable()).isTrue();
        assertThat(lag.isTooFar()).isFalse();
    }

    @Test
    void whatHasFailedIsReadOnceItAnswersAgain() {
        look(100, 100);
        lag.fail();
        assertThat(lag.isReadable()).isFalse();

        look(100, 100);
        assertThat(lag.isReadable()).isTrue();
    }

    @Test
    void whatIsSilentIsLeftUntilItAnswers() {
        look(100, 100);
        long asked = lag.ask();
        pass(ReplicaLag.ANSWERS_WITHIN);
        assertThat(lag.isReadable()).isTrue();
        pass(Duration.ofNanos(1));
        assertThat(lag.isReadable()).isFalse();

        lag.answered(asked, 100, 100);
        assertThat(lag.isReadable()).isTrue();
    }

    @Test
    void aPrimaryThatTookOverMayBeBehindTheOneBefore() {
        look(1_000, 900);
        look(500, 400);
        pass(Duration.ofSeconds(1));
        look(600, 500);
        assertThat(lag.now()).contains(Duration.ofSeconds(1));
    }

    private void look(long primary, long replica) {
        lag.answered(lag.ask(), primary, replica);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
