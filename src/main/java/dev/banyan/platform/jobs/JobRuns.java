package dev.banyan.platform.jobs;

import module java.base;
import dev.banyan.platform.RepeatedFailures;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Runs the jobs of this server, or those that it is to run of several, and remembers their last results until the
/// server stops; the log has the rest. Each job
/// runs on a virtual thread, never twice at once. The threads are ours, not those of Quarkus' scheduler, so that a stop
/// can wait for them before the services that they call are gone.
@Singleton
public final class JobRuns {

    private static final int LONGEST_ERROR = 300;
    /// How long a stop waits for a job. One that takes longer is abandoned: each may run twice without harm, and the
    /// next start runs it again.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// Who ran a job manually.
    ///
    /// @param by an e-mail
    public record ByHand(String by, Instant at) {}

    /// A job and the result of its last run.
    ///
    /// @param elsewhere whether another server runs it
    /// @param lastAt when it began
    /// @param nextAt empty before the schedule has started
    public record State(
            Job job,
            boolean elsewhere,
            boolean running,
            Optional<Instant> lastAt,
            Optional<Duration> took,
            Optional<String> error,
            Optional<Instant> nextAt,
            Optional<ByHand> byHand) {}

    /// The result of a request to run a job now.
    public enum Started {
        YES,
        RUNNING,
        UNKNOWN,
        STOPPING
    }

    private record Last(Instant at, Optional<Duration> took, Optional<String> error) {}

    private static final class Entry {
        private final Job job;
        private final AtomicBoolean running = new AtomicBoolean();
        private volatile Optional<Last> last = Optional.empty();
        private volatile Optional<ByHand> byHand = Optional.empty();
        private volatile Optional<ScheduledFuture<?>> next = Optional.empty();

        Entry(Job job) {
            this.job = job;
        }
    }

    private final Clock clock;
    private final Turn turn;
    private final RepeatedFailures failures;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("jobs").factory());
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("job-", 0).factory());
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private volatile List<Job> jobs = List.of();

    JobRuns(Clock clock, Turn turn) {
        this.clock = clock;
        this.turn = turn;
        this.failures = new RepeatedFailures(JobRuns.class, clock);
    }

    /// Starts the schedules.
    public void schedule(List<Job> all) {
        all.forEach(job -> {
            var entry = new Entry(job);
            entries.put(job.id(), entry);
            // With a fixed delay, a computer that has slept does not catch up on all missed runs.
            entry.next = Optional.of(clockwork.scheduleWithFixedDelay(
                    () -> beginInTurn(entry),
                    job.delay().toMillis(),
                    job.every().toMillis(),
                    TimeUnit.MILLISECONDS));
        });
        jobs = List.copyOf(all);
    }

    /// Called as soon as it is known that the server stops.
    void atStop(@Observes @Priority(0) ShutdownDelayInitiatedEvent event) {
        beginNothingMore();
    }

    /// Called before anything that jobs use ends.
    void atShutdown(@Observes @Priority(0) ShutdownEvent event) {
        if (!stop(PATIENCE)) {
            Log.warnf("Jobs that still run are not waited for: %s", running());
        }
    }

    /// Starts no more jobs, and waits for those that run.
    ///
    /// @return whether all have ended
    boolean stop(Duration patience) {
        beginNothingMore();
        try {
            return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void beginNothingMore() {
        clockwork.shutdownNow();
        threads.shutdown();
    }

    private List<String> running() {
        return jobs.stream()
                .map(Job::id)
                .filter(id -> Objects.requireNonNull(entries.get(id)).running.get())
                .toList();
    }

    public List<State> states() {
        return jobs.stream()
                .map(job -> state(Objects.requireNonNull(entries.get(job.id()))))
                .toList();
    }

    public Optional<State> state(String id) {
        return Optional.ofNullable(entries.get(id)).map(this::state);
    }

    /// Runs a job now, outside its schedule, and does not wait for its end.
    public Started start(String id, String by) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return Started.UNKNOWN;
        }
        Started started = begin(entry);
        if (started == Started.YES) {
            entry.byHand = Optional.of(new ByHand(by, clock.instant()));
        }
        return started;
    }

    private void beginInTurn(Entry entry) {
        if (isOurs(entry.job)) {
            begin(entry);
        }
    }

    private boolean isOurs(Job job) {
        return job.onEach() || turn.isOurs();
    }

    private Started begin(Entry entry) {
        if (!entry.running.compareAndSet(false, true)) {
            return Started.RUNNING;
        }
        try {
            threads.execute(() -> finish(entry));
            return Started.YES;
        } catch (RejectedExecutionException _) {
            entry.running.set(false);
            return Started.STOPPING;
        }
    }

    private void finish(Entry entry) {
        Instant begin = clock.instant();
        long from = System.nanoTime();
        Optional<String> error = Optional.empty();
        entry.last = Optional.of(new Last(begin, entry.last.flatMap(Last::took), entry.last.flatMap(Last::error)));
        try {
            entry.job.work().run();
        } catch (RuntimeException | Error failure) {
            failures.failed("The job " + entry.job.id() + " failed", failure);
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
                !isOurs(entry.job),
                entry.running.get(),
                last.map(Last::at),
                last.flatMap(Last::took),
                last.flatMap(Last::error),
                entry.next.map(next -> clock.instant().plusMillis(Math.max(0, next.getDelay(TimeUnit.MILLISECONDS)))),
                entry.byHand);
    }
}
