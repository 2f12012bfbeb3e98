package dev.banyan.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.platform.jobs.JobRuns.Started;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JobRunsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration NEVER = Duration.ofDays(1);

    private final JobRuns runs = new JobRuns(Clock.fixed(NOW, ZoneOffset.UTC), () -> true);

    @AfterEach
    void stop() {
        runs.stop(Eventually.LONGEST);
    }

    @Test
    void aScheduleRunsAgainAndAgainAlsoAfterAFailure() throws Exception {
        var three = new CountDownLatch(3);
        runs.schedule(List.of(new Job("count", "Counts.", Duration.ofMillis(1), Duration.ZERO, false, () -> {
            three.countDown();
            throw new IllegalStateException("no more paper");
        })));

        assertThat(three.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        runs.stop(Eventually.LONGEST);
        JobRuns.State state = runs.state("count").orElseThrow();
        assertThat(state.running()).isFalse();
        assertThat(state.lastAt()).contains(NOW);
        assertThat(state.took()).isPresent();
        assertThat(state.error()).contains("no more paper");
        assertThat(state.byHand()).isEmpty();
    }

    @Test
    void whoRunsAJobByHandIsRememberedAndItDoesNotRunTwiceAtOnce() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        runs.schedule(List.of(job("slow", () -> {
            begun.countDown();
            await(release);
        })));

        assertThat(runs.start("slow", "omar@ops.example")).isEqualTo(Started.YES);
        begun.await();
        assertThat(runs.start("slow", "amira@ops.example")).isEqualTo(Started.RUNNING);
        assertThat(runs.start("unheard-of", "omar@ops.example")).isEqualTo(Started.UNKNOWN);
        JobRuns.State state = runs.state("slow").orElseThrow();
        assertThat(state.running()).isTrue();
        assertThat(state.byHand()).contains(new JobRuns.ByHand("omar@ops.example", NOW));
        assertThat(state.nextAt().orElseThrow()).isBetween(NOW.plus(NEVER).minus(Eventually.LONGEST), NOW.plus(NEVER));
        release.countDown();
    }

    @Test
    void aStopWaitsForWhatRuns() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        runs.schedule(List.of(job("slow", () -> {
            begun.countDown();
            await(release);
            ended.set(true);
        })));
        runs.start("slow", "omar@ops.example");
        begun.await();

        assertThat(runs.stop(Duration.ofMillis(20))).as("ended, while it runs").isFalse();
        release.countDown();
        assertThat(runs.stop(Eventually.LONGEST)).isTrue();
        assertThat(ended).isTrue();
    }

    @Test
    void nothingBeginsAfterAStopHasBegun() {
        var times = new AtomicInteger();
        runs.schedule(List.of(
                job("by-hand", times::incrementAndGet),
                new Job("often", "Counts.", Duration.ofMillis(1), Duration.ZERO, false, times::incrementAndGet)));

        assertThat(runs.stop(Eventually.LONGEST)).isTrue();
        int before = times.get();

        assertThat(runs.start("by-hand", "omar@ops.example")).isEqualTo(Started.STOPPING);
        assertThat(runs.stop(Duration.ofMillis(20))).isTrue();
        assertThat(times).hasValue(before);
        assertThat(runs.states()).noneMatch(JobRuns.State::running);
    }

    private static Job job(String id, Runnable work) {
        return new Job(id, "Does something.", NEVER, NEVER, false, work);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
