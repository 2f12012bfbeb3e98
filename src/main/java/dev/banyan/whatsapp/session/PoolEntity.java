package dev.banyan.whatsapp.session;

import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.sending.Claims;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jboss.logging.Logger;

/// One pool that has messages to send. It looks what may go now, gives each to the sender that was chosen, and looks
/// again: when something is due, when a sender comes back, when the fate of a message is known. One look is under way
/// at a time. The next begins while drivers are given what the one before found, and gives nothing on before they have
/// it, so that nothing piles up behind them.
final class PoolEntity extends AbstractBehavior<PoolEntity.Command> {

    /// A pool in which nothing happens for so long needs no entity.
    static final Duration IDLE_AFTER = Duration.ofMinutes(1);
    /// After a look that failed.
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(PoolEntity.class);

    sealed interface Command {}

    /// One of its senders has stopped to prove that it lives, or proves it again.
    record HealthChanged(SenderId sender, boolean healthy) implements Command {}

    /// @param next when something else is due
    private record Looked(boolean again, Optional<Instant> next) implements Command {}

    enum Own implements Command {
        /// Something waits.
        WAKE,
        QUIET,
        STOP
    }

    /// What may go, and to whom.
    interface Look {
        Claims.Claimed now(SenderKey pool);
    }

    /// Gives messages to a sender; answers when its driver has them.
    interface Send {
        CompletionStage<Done> to(SenderKey sender, List<OutgoingMessage> messages);
    }

    /// What all pools share.
    record Means(Look look, Send send, Timers timers, Clock clock, ExecutorService threads) {}

    private final Means means;
    private final SenderKey pool;
    private final Consumer<ActorRef<Command>> idle;
    private boolean looking;
    private boolean again;
    /// Done when drivers have what the last look found.
    private CompletionStage<?> given = CompletableFuture.completedStage(Done.getInstance());
    private Optional<Instant> due = Optional.empty();

    private PoolEntity(ActorContext<Command> context, Means means, SenderKey pool, Consumer<ActorRef<Command>> idle) {
        super(context);
        this.means = means;
        this.pool = pool;
        this.idle = idle;
        context.setReceiveTimeout(IDLE_AFTER, Own.QUIET);
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
            case Own.WAKE -> look();
            case HealthChanged _ -> look();
            case Looked looked -> looked(looked);
            case Own.QUIET -> {
                if (!looking && !isDueLater()) {
                    idle.accept(getContext().getSelf());
                }
            }
            case Own.STOP -> {
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
                        () -> means.look().now(pool), means.threads())
                .thenCombine(given, (claimed, _) -> claimed);
        given = found.thenCompose(this::handOver).exceptionally(_ -> Done.getInstance());
        getContext().pipeToSelf(found.thenApply(claimed -> new Looked(!claimed.done(), claimed.again())), this::looked);
    }

    /// In order for each sender, all senders at the same time.
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
        LOG.errorf(failure, "Messages of pool %s wait for the next look", pool.id());
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
            return; // it looks before that
        }
        due = Optional.of(next);
        ActorRef<Command> self = getContext().getSelf();
        Duration wait = Duration.between(means.clock().instant(), next);
        means.timers().in(wait.isNegative() ? Duration.ZERO : wait, () -> self.tell(Own.WAKE));
    }

    private boolean isDueLater() {
        return due.filter(time -> time.isAfter(means.clock().instant())).isPresent();
    }
}
