package dev.banyan.platform.jobs;

import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// Runs the jobs of this node and remembers how that went, until the server stops: whoever wants to know more reads the
/// log.
@Singleton
public final class JobRuns {

    private static final Logger LOG = Logger.getLogger(JobRuns.class);
    private static final int LONGEST_ERROR = 300;

    /// Who ran a job by hand.
    ///
    /// @param by an e-mail
    public record ByHand(String by, Instant at) {}

    /// A job and how it went the last time.
    ///
    /// @param lastAt when it began
    /// @param error of the last run
    /// @param nextAt empty before the schedule has begun
    public record State(
            Job job,
            boolean running,
            Optional<Instant> lastAt,
            Optional<Duration> took,
            Optional<String> error,
            Optional<Instant> nextAt,
            Optional<ByHand> byHand) {}

    /// What became of the wish to run a job now.
    public enum Started {
        YES,
        RUNNING,
        UNKNOWN
    }

    private record Last(Instant at, Optional<Duration> took, Optional<String> error) {}

    private static final class Entry {
        private final Job job;
        private final AtomicBoolean running = new AtomicBoolean();
        private volatile Optional<Last> last = Optional.empty();
        private volatile Optional<ByHand> byHand = Optional.empty();

        Entry(Job job) {
            this.job = job;
        }
    }

    private final Scheduler scheduler;
    private final Clock clock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private volatile List<Job> jobs = List.of();

    JobRuns(Scheduler scheduler, Clock clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /// Begins the schedules.
    public void schedule(List<Job> all) {
        jobs = List.copyOf(all);
        jobs.forEach(job -> {
            entries.put(job.id(), new Entry(job));
            scheduler
                    .newJob(job.id())
                    .setInterval(job.every().toSeconds() + "s")
                    .setDelayed(job.delay().toSeconds() + "s")
                    .setConcurrentExecution(ConcurrentExecution.SKIP)
                    .setTask(_ -> run(Objects.requireNonNull(entries.get(job.id()))), true)
                    .schedule();
        });
    }

    public List<State> states() {
        return jobs.stream()
                .map(job -> state(Objects.requireNonNull(entries.get(job.id()))))
                .toList();
    }

    public Optional<State> state(String id) {
        return Optional.ofNullable(entries.get(id)).map(this::state);
    }

    /// Runs a job now, beside its schedule, and does not wait for its end.
    public Started start(String id, String by) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return Started.UNKNOWN;
        }
        if (!entry.running.compareAndSet(false, true)) {
            return Started.RUNNING;
        }
        entry.byHand = Optional.of(new ByHand(by, clock.instant()));
        Thread.ofVirtual().name("job-" + id).start(() -> finish(entry));
        return Started.YES;
    }

    private void run(Entry entry) {
        if (entry.running.compareAndSet(false, true)) {
            finish(entry);
        }
    }

    private void finish(Entry entry) {
        Instant begin = clock.instant();
        long from = System.nanoTime();
        Optional<String> error = Optional.empty();
        entry.last = Optional.of(new Last(
                begin, entry.last.flatMap(Last::took), entry.last.flatMap(Last::error)));
        try {
            entry.job.work().run();
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "The job %s failed", entry.job.id());
            error = Optional.of(cut(Objects.requireNonNullElse(
                    failure.getMessage(), failure.getClass().getSimpleName())));
        } finally {
            entry.last = Optional.of(new Last(begin, Optional.of(Duration.ofNanos(System.nanoTime() - from)), error));
            entry.running.set(false);
        }
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(LONGEST_ERROR, text.length()));
    }

    private State state(Entry entry) {
        Optional<Last> last = entry.last;
        return new State(
                entry.job,
                entry.running.get(),
                last.map(Last::at),
                last.flatMap(Last::took),
                last.flatMap(Last::error),
                Optional.ofNullable(scheduler.getScheduledJob(entry.job.id()))
                        .flatMap(trigger -> Optional.ofNullable(trigger.getNextFireTime())),
                entry.byHand);
    }
}
