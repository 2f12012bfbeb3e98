package dev.banyan.whatsapp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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

    /// How often what a driver told is written down before it is given up.
    static final int TRIES = 6;
    /// Before the second time; twice as long before each that follows.
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    /// Of messages, in one transaction.
    static final int TOGETHER = 200;

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

    /// Its driver tells something.
    record Happened(DriverEvent event) implements Told {
        @Override
        public SenderKey sender() {
            return event.sender();
        }
    }

    /// It answers no more, or again.
    record HealthChanged(SenderKey sender, Liveness.Change change) implements Told {}

    /// Somebody wants to know when all before this has been dealt with.
    record Settle(SenderKey sender, ActorRef<Done> told) implements Told {}

    /// What it tells itself, and what its region tells it.
    enum Own implements Command {
        WORK_OFF,
        STOP
    }

    private final SenderLife life;
    private final Timers timers;
    private final SenderKey key;
    private final Consumer<ActorRef<Command>> idle;
    private final Deque<DriverEvent> events = new ArrayDeque<>(0);
    private boolean lives = true;
    private boolean working;
    private boolean stopping;
    private int tries;

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

    /// Whoever ends it, it writes down what it has heard.
    private Behavior<Command> last() {
        workOff();
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
            case Happened(DriverEvent event) -> {
                events.add(event);
                workOffSoon();
            }
            case HealthChanged(SenderKey _, Liveness.Change change) -> safely(() -> life.healthChanged(key, change));
            case Settle(SenderKey _, ActorRef<Done> told) -> answer(told, this::workOff);
            case Own.WORK_OFF -> {
                working = false;
                workOff();
            }
            case Own.STOP -> {
                stopping = true;
                workOff();
            }
        }
        return stopping && events.isEmpty() ? Behaviors.stopped() : this;
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

    private void workOff() {
        try {
            int most = tries == 0 ? TOGETHER : 1;
            while (!events.isEmpty()) {
                next(most);
                tries = 0;
            }
            if (!lives) {
                idle.accept(getContext().getSelf());
            }
        } catch (RuntimeException failure) {
            tries++;
            again(failure);
        }
    }

    /// An event leaves when it has been dealt with, and not before.
    private void next(int most) {
        List<DriverEvent.OfMessage> together = together(most);
        if (!together.isEmpty()) {
            life.happened(key, together);
            together.forEach(_ -> events.remove());
        } else {
            lives = life.happened(events.element());
            events.remove();
        }
    }

    private List<DriverEvent.OfMessage> together(int most) {
        var together = new ArrayList<DriverEvent.OfMessage>();
        for (DriverEvent event : events) {
            if (!(event instanceof DriverEvent.OfMessage message) || together.size() == most) {
                break;
            }
            together.add(message);
        }
        return together;
    }

    /// Perhaps the database is away. What comes after waits too, for the order counts.
    private void again(RuntimeException failure) {
        if (tries >= TRIES) {
            LOG.errorf(
                    failure,
                    "What happened to %s cannot be written down: %s",
                    key.id(),
                    events.remove().getClass().getSimpleName());
            tries = 0;
        } else {
            LOG.warnf("What happened to %s is written down later: %s", key.id(), failure.getMessage());
        }
        ActorRef<Command> self = getContext().getSelf();
        timers.in(FIRST_PAUSE.multipliedBy(1L << tries), () -> self.tell(Own.WORK_OFF));
        working = true;
    }
}
