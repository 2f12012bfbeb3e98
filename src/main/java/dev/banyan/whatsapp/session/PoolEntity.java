package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.messages.Claims;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jboss.logging.Logger;

/// A pool that has messages to send. It checks what may be sent now, hands each message to its chosen sender, and
/// checks again when something is due, a sender comes back, or the result of a message is known. Only one check runs at
/// a time. The next check may start while drivers receive the messages of the previous one, but hands over nothing
/// until they have them, so that nothing piles up.
final class PoolEntity extends AbstractBehavior<PoolEntity.Command> {

    /// An entity without activity for this long is stopped.
    static final Duration IDLE_AFTER = Duration.ofMinutes(1);
    /// Pause after a failed check.
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(PoolEntity.class);

    sealed interface Command {}

    /// One of its senders has stopped responding, or responds again.
    record HealthChanged(SenderId sender, boolean healthy) implements Command {}

    /// @param next when something else is due
    private record Looked(boolean again, Optional<Instant> next) implements Command {}

    enum InternalCommand implements Command {
        /// Messages are waiting.
        WAKE,
        QUIET,
        STOP
    }

    /// Finds what may be sent, and by which sender.
    interface Look {
        Claims.Claimed now(SenderKey pool);
    }

    /// Hands messages to a sender; completes when its driver has them.
    interface Send {
        CompletionStage<Done> to(SenderKey sender, List<OutgoingMessage> messages);
    }

    /// What all pools share.
    record Means(Look look, Send send, Timers timers, Clock clock) {}

    private final Means means;
    private final SenderKey pool;
    private final Consumer<ActorRef<Command>> idle;
    private boolean looking;
    private boolean again;
    /// Completes when drivers have the messages of the last check.
    private CompletionStage<?> given = CompletableFuture.completedStage(Done.getInstance());
    private Optional<Instant> due = Optional.empty();

    private PoolEntity(ActorContext<Command> context, Means means, SenderKey pool, Consumer<ActorRef<Command>> idle) {
        super(context);
        this.means = means;
        this.pool = pool;
        this.idle = idle;
        context.setReceiveTimeout(IDLE_AFTER, InternalCommand.QUIET);
    }

    static Behavior<Command> of(Means means, SenderKey pool, Consumer<ActorRef<Command>> idle) {
        return Behaviors.setup(context -> new PoolEntity(context, means, pool, idle));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::receive).build();
    }

    private Behavior<Command> receive(Command command) {
        switch (command) {
            case InternalCommand.WAKE -> look();
            case HealthChanged _ -> look();
            case Looked looked -> looked(looked);
            case InternalCommand.QUIET -> {
                if (!looking && !isDueLater()) {
                    idle.accept(getContext().getSelf());
                }
            }
            case InternalCommand.STOP -> {
                return Behaviors.stopped();
            }
        }
        return this;
    }

    private void look() {
        if (looking) {
            again = true;
            return;
        }
        looking = true;
        again = false;
        CompletionStage<Claims.Claimed> found = CompletableFuture.supplyAsync(
                        () -> means.look().now(pool), means.timers()::now)
                .thenCombine(given, (claimed, _) -> claimed);
        given = found.thenCompose(this::handOver).exceptionally(_ -> Done.getInstance());
        getContext().pipeToSelf(found.thenApply(claimed -> new Looked(!claimed.done(), claimed.again())), this::looked);
    }

    /// Hands messages over: in order for each sender, to all senders in parallel.
    private CompletionStage<Done> handOver(Claims.Claimed claimed) {
        var bySender = new LinkedHashMap<SenderKey, List<OutgoingMessage>>();
        for (OutgoingMessage message : claimed.messages()) {
            var sender = new SenderKey(pool.tenant(), message.sender().orElseThrow());
            bySender.computeIfAbsent(sender, _ -> new ArrayList<>()).add(message);
        }
        CompletableFuture<?>[] taken = bySender.entrySet().stream()
                .map((Map.Entry<SenderKey, List<OutgoingMessage>> entry) -> means.send()
                        .to(entry.getKey(), List.copyOf(entry.getValue()))
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(taken).handle((_, _) -> Done.getInstance());
    }

    private Command looked(Looked looked, Throwable failure) {
        if (failure == null) {
            return looked;
        }
        LOG.errorf(failure, "Sending for pool %s failed; its messages wait for the next check", pool.id());
        return new Looked(false, Optional.of(means.clock().instant().plus(PAUSE)));
    }

    private void looked(Looked looked) {
        looking = false;
        if (looked.again() || again) {
            look();
        } else {
            looked.next().ifPresent(this::lookAt);
        }
    }

    private void lookAt(Instant next) {
        if (isDueLater() && !due.orElseThrow().isAfter(next)) {
            return; // it checks before that
        }
        due = Optional.of(next);
        ActorRef<Command> self = getContext().getSelf();
        Duration wait = Duration.between(means.clock().instant(), next);
        means.timers().in(wait.isNegative() ? Duration.ZERO : wait, () -> self.tell(InternalCommand.WAKE));
    }

    private boolean isDueLater() {
        return due.filter(time -> time.isAfter(means.clock().instant())).isPresent();
    }
}
