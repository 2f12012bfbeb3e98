package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.DriverReport;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jboss.logging.Logger;

/// A sender that is linked or being linked. It processes one thing at a time: events of its driver, messages to send,
/// and requests of people. It is not the source of truth; a successor finds everything in the database.
final class SenderEntity extends AbstractBehavior<SenderEntity.Command> {

    /// How often a report may fail by its own fault before it is set aside. Failures because the database is
    /// unavailable don't count.
    static final int TRIES = 6;
    /// Pause before the second try; doubled before each further one, up to the longest.
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(SenderEntity.class);

    sealed interface Command {}

    /// Messages from outside: if the entity dies first, its successor gets them.
    sealed interface ExternalCommand extends Command {
        SenderKey sender();
    }

    record Link(SenderKey sender, DriverKind driver, ActorRef<Done> told) implements ExternalCommand {}

    /// Reconnect a sender that was linked before.
    record Connect(SenderKey sender, DriverKind driver, ActorRef<Done> told) implements ExternalCommand {}

    /// Disconnect a sender that is no longer wanted.
    record Forget(SenderKey sender, DriverKind driver, ActorRef<Done> told) implements ExternalCommand {}

    /// Let go of a sender that another server connects.
    record Release(SenderKey sender, DriverKind driver, ActorRef<Done> told) implements ExternalCommand {}

    /// Send these messages, in this order.
    ///
    /// @param told completes when the driver has them all
    record Send(SenderKey sender, List<OutgoingMessage> messages, ActorRef<Done> told) implements ExternalCommand {}

    record Happened(DriverReport report) implements ExternalCommand {
        @Override
        public SenderKey sender() {
            return report.event().sender();
        }
    }

    /// It has stopped responding, or responds again.
    record HealthChanged(SenderKey sender, Liveness.Change change) implements ExternalCommand {}

    /// Completes when everything before this has been processed.
    record Settle(SenderKey sender, ActorRef<Done> told) implements ExternalCommand {}

    /// Messages from itself and from its region.
    enum InternalCommand implements Command {
        WORK_OFF,
        /// The database may be available again.
        RESUME,
        STOP
    }

    /// The failed report of this lane may be tried again.
    record Retry(String lane) implements Command {}

    private final SenderSession session;
    private final Timers timers;
    private final SenderKey key;
    private final Consumer<ActorRef<Command>> idle;
    /// Reports that are not durable yet; limited by [DriverEventIntake].
    private final Deque<DriverReport> reports = new ArrayDeque<>(0);
    /// How often the first report of a lane has failed by its own fault. Later reports of the lane wait for it.
    private final Map<String, Integer> failures = new HashMap<>(0);
    private final Set<String> resting = new HashSet<>(0);
    private boolean lives = true;
    private boolean working;
    private boolean stopping;
    /// Whether the database is unavailable.
    private boolean databaseDown;
    private int downTries;

    private SenderEntity(
            ActorContext<Command> context,
            SenderSession session,
            Timers timers,
            SenderKey key,
            Consumer<ActorRef<Command>> idle) {
        super(context);
        this.session = session;
        this.timers = timers;
        this.key = key;
        this.idle = idle;
    }

    static Behavior<Command> of(SenderSession session, Timers timers, SenderKey key, Consumer<ActorRef<Command>> idle) {
        return Behaviors.setup(context -> new SenderEntity(context, session, timers, key, idle));
    }

    /// Returns the unprocessed messages of a dead entity for its successor.
    static Optional<EntityRegion.Message.Tell<Command>> inherited(Object command) {
        return command instanceof ExternalCommand told
                ? Optional.of(new EntityRegion.Message.Tell<>(told.sender(), told))
                : Optional.empty();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::receive)
                .onSignal(PostStop.class, _ -> last())
                .onSignal(PreRestart.class, _ -> last())
                .build();
    }

    /// Stores pending reports before the entity stops, for whatever reason; those that cannot be stored go back
    /// to the driver.
    private Behavior<Command> last() {
        databaseDown = false;
        drain();
        reports.forEach(DriverReport::notNow);
        session.setBacklogged(key, false);
        return this;
    }

    private Behavior<Command> receive(Command command) {
        switch (command) {
            case Link(SenderKey _, DriverKind driver, ActorRef<Done> told) ->
                answer(told, () -> session.link(key, driver));
            case Connect(SenderKey _, DriverKind driver, ActorRef<Done> told) ->
                answer(told, () -> session.connect(key, driver));
            case Forget(SenderKey _, DriverKind driver, ActorRef<Done> told) -> {
                answer(told, () -> session.forget(key, driver));
                idle.accept(getContext().getSelf());
            }
            case Release(SenderKey _, DriverKind driver, ActorRef<Done> told) -> {
                answer(told, () -> session.release(key, driver));
                idle.accept(getContext().getSelf());
            }
            case Send(SenderKey _, List<OutgoingMessage> messages, ActorRef<Done> told) ->
                answer(told, () -> session.send(key, messages));
            case Happened(DriverReport report) -> {
                reports.add(report);
                scheduleDrain();
            }
            case HealthChanged(SenderKey _, Liveness.Change change) -> safely(() -> session.healthChanged(key, change));
            case Settle(SenderKey _, ActorRef<Done> told) -> answer(told, this::drain);
            case InternalCommand.WORK_OFF -> {
                working = false;
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
            case InternalCommand.STOP -> {
                stopping = true;
                drain();
            }
        }
        return stopping && reports.isEmpty() ? Behaviors.stopped() : this;
    }

    private void answer(ActorRef<Done> told, Runnable work) {
        safely(work);
        told.tell(Done.getInstance());
    }

    /// Catches all failures, so that pending reports stay with the entity.
    private void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Something went wrong with %s", key.id());
        }
    }

    /// Queues the work behind waiting messages, so that many reports at once are stored together.
    private void scheduleDrain() {
        if (!working) {
            working = true;
            getContext().getSelf().tell(InternalCommand.WORK_OFF);
        }
    }

    /// Processes all pending reports in order. A report is removed only when it has been processed.
    private void drain() {
        if (databaseDown || reports.isEmpty() && lives) {
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
        if (!lives && reports.isEmpty()) {
            idle.accept(getContext().getSelf());
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
            boolean livesOn = session.happened(report);
            lives = report.event() instanceof DriverEvent.OfMessage ? lives : livesOn;
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
            LOG.warnf("Reports of %s will be stored later: %s", key.id(), failure.getMessage());
        }
        downTries++;
        ActorRef<Command> self = getContext().getSelf();
        timers.in(pause, () -> self.tell(InternalCommand.RESUME));
    }

    /// Handles a failed report. Other lanes go on; after a few tries it is set aside, so that its own lane
    /// goes on, too.
    ///
    /// @return whether it was set aside
    private boolean failed(DriverReport report, String lane, RuntimeException failure) {
        int tries = failures.merge(lane, 1, Integer::sum);
        if (tries < TRIES) {
            LOG.warnf("Reports of %s will be stored later: %s", key.id(), failure.getMessage());
            resting.add(lane);
            ActorRef<Command> self = getContext().getSelf();
            timers.in(pause(tries - 1), () -> self.tell(new Retry(lane)));
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
