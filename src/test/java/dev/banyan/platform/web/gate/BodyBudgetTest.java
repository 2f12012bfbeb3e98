package dev.banyan.platform.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.web.gate.BodyBudget.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/// With 32 MB: 8 for short bodies, 24 for long ones, 6 for each who sends them; 100 MB of uploads, 25 for each.
class BodyBudgetTest {

    private static final int KILOBYTE = 1_024;
    private static final int MEGABYTE = 1_024 * 1_024;

    private final AtomicLong usable = new AtomicLong(10_000L * MEGABYTE);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BodyBudget budget =
            new BodyBudget(TestLimits.settings("body-memory", "32", "uploads", "100"), meters, usable::get);
    private final List<Body> cut = new ArrayList<>();

    private Body body() {
        var self = new Body[1];
        self[0] = new Body(() -> cut.add(self[0]));
        return self[0];
    }

    private Body stranger(int bytes) {
        Body body = body();
        assertThat(budget.take(body, bytes)).isNull();
        return body;
    }

    private Body known(String owner, int bytes) {
        Body body = body();
        assertThat(budget.admit(body, owner, 4 * MEGABYTE, bytes)).isNull();
        assertThat(budget.take(body, bytes)).isNull();
        return body;
    }

    @Test
    void whenShortOnesFillTheirPartTheLargestOnTheirWayAreCutAndNobodyElse() {
        Body small = stranger(200);
        Body complete = stranger(60 * KILOBYTE);
        budget.complete(complete);
        Body hers = body();
        assertThat(budget.admit(hers, "her", MEGABYTE, MEGABYTE)).isNull();
        assertThat(budget.take(hers, 60 * KILOBYTE)).isNull();
        for (int i = 0; i < 1_000; i++) {
            stranger(60 * KILOBYTE);
            assertThat(budget.memory()).isLessThanOrEqualTo(8 * MEGABYTE);
        }
        assertThat(cut).hasSizeGreaterThan(800).doesNotContain(small, complete, hers);
        assertThat(stranger(200).isOver).as("a short request").isFalse();
    }

    @Test
    void longOnesLeaveRoomForShortOnes() {
        for (int i = 0; i < 6; i++) {
            known("person " + i, 4 * MEGABYTE);
        }
        Body late = body();
        assertThat(budget.admit(late, "late", MEGABYTE, MEGABYTE)).isEqualTo(Refusal.FULL);
        stranger(60 * KILOBYTE);
        known("late", 60 * KILOBYTE);
        assertThat(cut).isEmpty();
    }

    @Test
    void oneWhoIsKnownTakesAQuarter() {
        Body first = known("greedy", 4 * MEGABYTE);
        assertThat(budget.admit(body(), "greedy", 4 * MEGABYTE, 4 * MEGABYTE)).isEqualTo(Refusal.FULL);
        Body second = known("greedy", MEGABYTE);
        assertThat(budget.take(second, 2 * MEGABYTE))
                .as("it says nothing about its length")
                .isEqualTo(Refusal.FULL);
        known("modest", 4 * MEGABYTE);
        budget.end(first);
        assertThat(budget.take(second, MEGABYTE)).isNull();
    }

    @Test
    void whatIsOverIsCountedNoMore() {
        List<Body> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(stranger(i * KILOBYTE));
            all.add(known("person " + i % 3, i * 100 * KILOBYTE));
            Body upload = body();
            assertThat(budget.admitUpload(upload, "person " + i, 11 * MEGABYTE, i * MEGABYTE))
                    .isNull();
            assertThat(budget.take(upload, i * MEGABYTE)).isNull();
            all.add(upload);
        }
        assertThat(budget.memory()).isPositive();
        assertThat(budget.disk()).isEqualTo(45L * MEGABYTE);
        all.forEach(budget::end);
        all.forEach(budget::end);
        assertThat(budget.memory()).isZero();
        assertThat(budget.disk()).isZero();
        assertThat(budget.take(all.getFirst(), KILOBYTE))
                .as("what still comes is dropped")
                .isNull();
        assertThat(budget.memory()).isZero();
    }

    @Test
    void aStrangerBecomesKnownWhileBytesArrive() {
        Body body = stranger(100 * KILOBYTE);
        assertThat(budget.admit(body, "her", MEGABYTE, MEGABYTE)).isNull();
        assertThat(budget.take(body, 900 * KILOBYTE)).isNull();
        assertThat(budget.take(body, 100 * KILOBYTE)).isEqualTo(Refusal.TOO_LARGE);
        budget.end(body);
        assertThat(budget.memory()).isZero();
    }

    @Test
    void filesCountForTheDiskAndOnlyFieldsForTheMemory() {
        Body upload = body();
        assertThat(budget.admitUpload(upload, "her", 11 * MEGABYTE, 11 * MEGABYTE))
                .isNull();
        assertThat(budget.take(upload, 11 * MEGABYTE)).isNull();
        assertThat(budget.memory()).isEqualTo(budget.fieldsMost());
        assertThat(budget.admitUpload(body(), "her", 11 * MEGABYTE, 11 * MEGABYTE))
                .isNull();
        assertThat(budget.admitUpload(body(), "her", 11 * MEGABYTE, 11 * MEGABYTE))
                .as("a quarter of all")
                .isEqualTo(Refusal.FULL);
        for (int i = 0; i < 7; i++) {
            assertThat(budget.admitUpload(body(), "person " + i, 11 * MEGABYTE, -1))
                    .isNull();
        }
        assertThat(budget.admitUpload(body(), "late", 11 * MEGABYTE, -1)).isEqualTo(Refusal.FULL);
    }

    @Test
    void whatIsLeftOfTheDiskBelongsToTheDatabase() {
        usable.set(270L * MEGABYTE);
        assertThat(budget.admitUpload(body(), "her", 11 * MEGABYTE, 10 * MEGABYTE))
                .isNull();
        assertThat(budget.admitUpload(body(), "him", 11 * MEGABYTE, 10 * MEGABYTE))
                .as("both together")
                .isEqualTo(Refusal.DISK);
        assertThat(meters.counter("banyan.bodies.refused", "reason", "disk").count())
                .isEqualTo(1);
    }
}
