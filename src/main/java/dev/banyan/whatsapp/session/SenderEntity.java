package dev.banyan.whatsapp.session;

import dev.banyan.platform.db.UnusableDatabase;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.DriverReport;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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

/// One sender that is linked, or is being linked. All that happens to it goes through here, one after the other: what
/// its driver tells, what it is to send, what people want of it. It keeps no truth; whoever takes its place finds
/// everything in the database.
final class SenderEntity extends AbstractBehavior<SenderEntity.Command> {

    /// How often a report may fail by its own fault before it is set aside. That the database is away does not count.
    static final int TRIES = 6;
    /// Before the second time; twice as long before each that follows, and never longer than the longest.
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(SenderEntity.class);

    sealed interface Command {}

    /// What it is told from outside: whoever takes its place hears it, should it die before.
    sealed interface Told extends Command {
        SenderKey sender();
    }

    /// It is to be linked.
    record Link(SenderKey sender, DriverKind driver, ActorRef<Done> told) implements Told {}

    /// It was linked before, and is to come back.
    record Connect(SenderKey sender, DriverKind driver, ActorRef<Done> told) implements Told {}

    /// Nobody wants it any more.
    record Forget(SenderKey sender, DriverKind driver, ActorRef<Done> told) implements Told {}

    /// It is to send these, in this order.
    ///
    /// @param told hears of it when the driver has them all
    record Send(SenderKey sender, List<OutgoingMessage> messages, ActorRef<Done> told) implements Told {}

    /// Its driver reports something.
    record Happened(DriverReport report) implements Told {
        @Override
        public SenderKey sender() {
            return report.event().sender();
        }
    }

    /// It answers no more, or again.
    record HealthChanged(SenderKey sender, Liveness.Change change) implements Told {}

    /// Somebody wants to know when all before this has been dealt with.
    record Settle(SenderKey sender, ActorRef<Done> told) implements Told {}

    /// What it tells itself, and what its region tells it.
    enum Own implements Command {
        WORK_OFF,
        /// The database may be there again.
        RESUME,
        STOP
    }

    /// What failed in this lane may be tried again.
    record Retry(String lane) implements Command {}

    private final SenderLife life;
    private final Timers timers;
    private final SenderKey key;
    private final Consumer<ActorRef<Command>> idle;
    /// What is not durable yet; as many as the [DriverEventIntake] lets in.
    private final Deque<DriverReport> reports = new ArrayDeque<>(0);
    /// How often the first of a lane has failed by its own fault. What comes behind it in its lane waits for it.
    private final Map<String, Integer> failures = new HashMap<>(0);
    private final Set<String> resting = new HashSet<>(0);
    private boolean lives = true;
    private boolean working;
    private boolean stopping;
    /// The database is away.
    private boolean away;
    private int awayTries;

    private SenderEntity(
            ActorContext<Command> context,
            SenderLife life,
            Timers timers,
            SenderKey key,
            Consumer<ActorRef<Command>> idle) {
        super(context);
        this.life = life;
        this.timers = timers;
        this.key = key;
        this.idle = idle;
    }

    static Behavior<Command> of(SenderLife life, Timers timers, SenderKey key, Consumer<ActorRef<Command>> idle) {
        return Behaviors.setup(context -> new SenderEntity(context, life, timers, key, idle));
    }

    /// What one that died had not come to is for the one that takes its place.
    static Optional<EntityRegion.Message.Tell<Command>> inherited(Object command) {
        return command instanceof Told told
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

    /// However it ends, it writes down what it has heard; what it cannot write down is the driver's again.
    private Behavior<Command> last() {
        away = false;
        workOff();
        reports.forEach(DriverReport::notNow);
        life.behind(key, false);
        return this;
    }

    private Behavior<Command> receive(Command command) {
        switch (command) {
            case Link(SenderKey _, DriverKind driver, ActorRef<Done> told) ->
                answer(told, () -> life.link(key, driver));
            case Connect(SenderKey _, DriverKind driver, ActorRef<Done> told) ->
                answer(told, () -> life.connect(key, driver));
            case Forget(SenderKey _, DriverKind driver, ActorRef<Done> told) -> {
                answer(told, () -> life.forget(key, driver));
                idle.accept(getContext().getSelf());
            }
            case Send(SenderKey _, List<OutgoingMessage> messages, ActorRef<Done> told) ->
                answer(told, () -> life.send(key, messages));
            case Happened(DriverReport report) -> {
                reports.add(report);
                workOffSoon();
            }
            case HealthChanged(SenderKey _, Liveness.Change change) -> safely(() -> life.healthChanged(key, change));
            case Settle(SenderKey _, ActorRef<Done> told) -> answer(told, this::workOff);
            case Own.WORK_OFF -> {
                working = false;
                workOff();
            }
            case Own.RESUME -> {
                away = false;
                workOff();
            }
            case Retry(String lane) -> {
                resting.remove(lane);
                workOff();
            }
            case Own.STOP -> {
                stopping = true;
                workOff();
            }
        }
        return stopping && reports.isEmpty() ? Behaviors.stopped() : this;
    }

    private void answer(ActorRef<Done> told, Runnable work) {
        safely(work);
        told.tell(Done.getInstance());
    }

    /// Whatever fails, what it has heard and not written down yet stays with it.
    private void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Something went wrong with %s", key.id());
        }
    }

    /// After what waits already: what a driver tells of many messages at once is written down at once.
    private void workOffSoon() {
        if (!working) {
            working = true;
            getContext().getSelf().tell(Own.WORK_OFF);
        }
    }

    /// Goes through everything that waits, in its order. A report leaves when it has been dealt with, and not before.
    private void workOff() {
        if (away || reports.isEmpty() && lives) {
            return;
        }
        var heard = new ArrayList<DriverEvent.OfMessage>();
        var held = new HashSet<>(resting);
        for (Iterator<DriverReport> each = reports.iterator(); each.hasNext() && !away; ) {
            DriverReport report = each.next();
            String lane = lane(report.event());
            if (!held.contains(lane)) {
                if (workOff(report, lane)) {
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
            life.beat(key, heard);
        }
        if (!lives && reports.isEmpty()) {
            idle.accept(getContext().getSelf());
        }
    }

    /// What contacts write keeps its order per contact. All else is one lane.
    private static String lane(DriverEvent event) {
        return event instanceof DriverEvent.Received received ? received.from().e164() : "";
    }

    /// @return whether it has been dealt with
    private boolean workOff(DriverReport report, String lane) {
        try {
            boolean livesOn = life.happened(report);
            lives = report.event() instanceof DriverEvent.OfMessage ? lives : livesOn;
        } catch (UnusableDatabase failure) {
            databaseIsAway(failure);
            return false;
        } catch (RuntimeException failure) {
            return failed(report, lane, failure);
        }
        failures.remove(lane);
        awayTries = 0;
        life.behind(key, false);
        return true;
    }

    /// Nothing can be done until it is back, however long that takes.
    private void databaseIsAway(UnusableDatabase failure) {
        away = true;
        life.behind(key, true);
        Duration pause = pause(awayTries);
        if (awayTries == 0) {
            LOG.warnf("What happened to %s is written down later: %s", key.id(), failure.getMessage());
        }
        awayTries++;
        ActorRef<Command> self = getContext().getSelf();
        timers.in(pause, () -> self.tell(Own.RESUME));
    }

    /// Others go past it. After a few times it is set aside, so that its own lane goes on, too.
    ///
    /// @return whether it is set aside
    private boolean failed(DriverReport report, String lane, RuntimeException failure) {
        int tries = failures.merge(lane, 1, Integer::sum);
        if (tries < TRIES) {
            LOG.warnf("What happened to %s is written down later: %s", key.id(), failure.getMessage());
            resting.add(lane);
            ActorRef<Command> self = getContext().getSelf();
            timers.in(pause(tries - 1), () -> self.tell(new Retry(lane)));
            return false;
        }
        try {
            life.setAside(report, failure);
        } catch (UnusableDatabase gone) {
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
