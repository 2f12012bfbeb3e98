package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverReport;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import io.quarkus.logging.Log;

/// A sender that is linked or being linked. It processes one thing at a time: events of its driver, messages to send,
/// and requests of people. All that it holds are reports that are not stored yet; everything else is in the database.
final class SenderEntity implements Entities.Entity<SenderEntity.Command> {

    /// How often a report may fail by its own fault before it is set aside. Failures because the database is
    /// unavailable don't count.
    static final int TRIES = 6;
    /// Pause before the second try; doubled before each further one, up to the longest.
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /// When it is tried again to tell of a number's health that the database could not take.
    private static final Duration HEALTH_AGAIN = Duration.ofSeconds(3);

    sealed interface Command {}

    /// Tells it something; the others come from itself.
    sealed interface ExternalCommand extends Command {
        SenderKey sender();
    }

    /// Do something with the driver: link, connect, forget, let go, or send messages.
    ///
    /// @param told completes when it was done, whether that failed or not
    record Act(SenderKey sender, Consumer<SenderKey> work, CompletableFuture<Void> told) implements ExternalCommand {}

    record Happened(DriverReport report) implements ExternalCommand {
        @Override
        public SenderKey sender() {
            return report.event().sender();
        }
    }

    /// It has stopped responding, or responds again.
    record HealthChanged(SenderKey sender, Liveness.Change change) implements ExternalCommand {}

    /// Completes when everything before this has been processed.
    record Settle(SenderKey sender, CompletableFuture<Void> told) implements ExternalCommand {}

    enum InternalCommand implements Command {
        DRAIN,
        /// The database may be available again.
        RESUME
    }

    /// The failed report of this lane may be tried again.
    record Retry(String lane) implements Command {}

    private final SenderSession session;
    private final Timers timers;
    private final RepeatedFailures repeated;
    private final SenderKey key;
    private final Consumer<Command> self;
    /// Reports that are not durable yet; limited by [DriverEventIntake].
    private final Deque<DriverReport> reports = new ArrayDeque<>(0);
    /// How often the first report of a lane has failed by its own fault. Later reports of the lane wait for it.
    private final Map<String, Integer> failures = new HashMap<>(0);
    private final Set<String> resting = new HashSet<>(0);
    private boolean draining;
    /// Whether the database is unavailable.
    private boolean databaseDown;
    private int downTries;

    SenderEntity(
            SenderSession session, Timers timers, RepeatedFailures repeated, SenderKey key, Consumer<Command> self) {
        this.session = session;
        this.timers = timers;
        this.repeated = repeated;
        this.key = key;
        this.self = self;
    }

    @Override
    public boolean isEmpty() {
        return reports.isEmpty();
    }

    /// Stores pending reports, whatever it waits for; those that cannot be stored go back to the driver.
    @Override
    public void close() {
        databaseDown = false;
        drain();
        reports.forEach(DriverReport::notNow);
        reports.clear();
        session.setBacklogged(key, false);
    }

    @Override
    public void receive(Command command) {
        switch (command) {
            case Act(SenderKey _, Consumer<SenderKey> work, CompletableFuture<Void> told) ->
                answer(told, () -> work.accept(key));
            case Happened(DriverReport report) -> {
                reports.add(report);
                scheduleDrain();
            }
            case HealthChanged changed -> safely(() -> healthChanged(changed));
            case Settle(SenderKey _, CompletableFuture<Void> told) -> answer(told, this::drain);
            case InternalCommand.DRAIN -> {
                draining = false;
                drain();
            }
            case InternalCommand.RESUME -> {
                databaseDown = false;
                drain();
            }
            case Retry(String lane) -> {
                resting.remove(lane);
                drain();
            }
        }
    }

    private void answer(CompletableFuture<Void> told, Runnable work) {
        safely(work);
        told.complete(null);
    }

    /// Catches all failures, so that pending reports stay with the entity.
    private void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            repeated.failed("Something went wrong with", key.id(), failure);
        }
    }

    private void healthChanged(HealthChanged changed) {
        try {
            session.healthChanged(key, changed.change());
        } catch (DatabaseUnavailable _) {
            timers.in(HEALTH_AGAIN, () -> self.accept(changed));
        }
    }

    /// Queues the work behind waiting messages, so that many reports at once are stored together.
    private void scheduleDrain() {
        if (!draining) {
            draining = true;
            self.accept(InternalCommand.DRAIN);
        }
    }

    /// Processes all pending reports in order. A report is removed only when it has been processed.
    private void drain() {
        if (databaseDown || reports.isEmpty()) {
            return;
        }
        var heard = new ArrayList<DriverEvent.OfMessage>();
        var held = new HashSet<>(resting);
        for (Iterator<DriverReport> each = reports.iterator(); each.hasNext() && !databaseDown; ) {
            DriverReport report = each.next();
            String lane = lane(report.event());
            if (!held.contains(lane)) {
                if (drain(report, lane)) {
                    each.remove();
                    if (report.event() instanceof DriverEvent.OfMessage event) {
                        heard.add(event);
                    }
                } else {
                    held.add(lane);
                }
            }
        }
        if (!heard.isEmpty()) {
            session.beat(key, heard);
        }
    }

    /// Returns the lane of an event. Messages of contacts keep their order per contact; all other events
    /// share one lane.
    private static String lane(DriverEvent event) {
        return event instanceof DriverEvent.OfContact acted ? acted.from().key() : "";
    }

    /// @return whether it has been processed
    private boolean drain(DriverReport report, String lane) {
        try {
            session.happened(report);
        } catch (DatabaseUnavailable failure) {
            databaseIsAway(failure);
            return false;
        } catch (RuntimeException failure) {
            return failed(report, lane, failure);
        }
        failures.remove(lane);
        downTries = 0;
        session.setBacklogged(key, false);
        return true;
    }

    /// Waits until the database is back, however long that takes.
    private void databaseIsAway(DatabaseUnavailable failure) {
        databaseDown = true;
        session.setBacklogged(key, true);
        Duration pause = pause(downTries);
        if (downTries == 0) {
            Log.warnf("Reports of %s will be stored later: %s", key.id(), failure.getMessage());
        }
        downTries++;
        timers.in(pause, () -> self.accept(InternalCommand.RESUME));
    }

    /// Handles a failed report. Other lanes go on; after a few tries it is set aside, so that its own lane
    /// goes on, too.
    ///
    /// @return whether it was set aside
    private boolean failed(DriverReport report, String lane, RuntimeException failure) {
        int tries = failures.merge(lane, 1, Integer::sum);
        if (tries < TRIES) {
            Log.warnf("Reports of %s will be stored later: %s", key.id(), failure.getMessage());
            resting.add(lane);
            timers.in(pause(tries - 1), () -> self.accept(new Retry(lane)));
            return false;
        }
        try {
            session.setAside(report, failure);
        } catch (DatabaseUnavailable gone) {
            databaseIsAway(gone);
            return false;
        }
        failures.remove(lane);
        return true;
    }

    private static Duration pause(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
