package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.messages.Claims;
import org.jspecify.annotations.Nullable;

/// A pool that has messages to send. It checks what may be sent now, hands each message to its chosen sender, and
/// checks again when something is due, a sender comes back, or the result of a message is known. Only one check runs at
/// a time. The next check may start while drivers receive the messages of the previous one, but hands over nothing
/// until they have them, so that nothing piles up.
final class PoolEntity implements Entities.Entity<PoolEntity.Command> {

    /// Pause after a failed check.
    static final Duration PAUSE = Duration.ofSeconds(5);

    sealed interface Command {}

    /// One of its senders has stopped responding, or responds again.
    record HealthChanged(SenderId sender, boolean healthy) implements Command {}

    /// @param next when something else is due
    private record Looked(boolean again, Optional<Instant> next) implements Command {}

    enum InternalCommand implements Command {
        /// Messages are waiting.
        WAKE,
        /// Drivers have the messages of the last check.
        GIVEN
    }

    /// Finds what may be sent, and by which sender.
    interface Look {
        Claims.Claimed now(SenderKey pool);
    }

    /// Hands messages to a sender; completes when its driver has them.
    interface Send {
        CompletableFuture<Void> to(SenderKey sender, List<OutgoingMessage> messages);
    }

    /// What all pools share.
    record Means(Look look, Send send, Timers timers, Clock clock, RepeatedFailures failures) {}

    private final Means means;
    private final SenderKey pool;
    private final Consumer<Command> self;
    private boolean looking;
    private boolean again;
    /// Completes when drivers have the messages of the last check.
    private CompletableFuture<Void> given = CompletableFuture.completedFuture(null);
    private Optional<Instant> due = Optional.empty();

    PoolEntity(Means means, SenderKey pool, Consumer<Command> self) {
        this.means = means;
        this.pool = pool;
        this.self = self;
    }

    @Override
    public boolean isEmpty() {
        return !looking && given.isDone() && !isDueLater();
    }

    /// Whoever begins next finds everything in the database.
    @Override
    public void close() {}

    @Override
    public void receive(Command command) {
        switch (command) {
            case InternalCommand.WAKE -> look();
            case HealthChanged _ -> look();
            case Looked looked -> looked(looked);
            case InternalCommand.GIVEN -> {}
        }
    }

    private void look() {
        if (looking) {
            again = true;
            return;
        }
        looking = true;
        again = false;
        CompletableFuture<Claims.Claimed> found = CompletableFuture.supplyAsync(
                        () -> means.look().now(pool), means.timers()::now)
                .thenCombine(given, (claimed, _) -> claimed);
        given = found.thenCompose(this::handOver).exceptionally(_ -> null);
        given.thenRun(() -> self.accept(InternalCommand.GIVEN));
        found.whenComplete((claimed, failure) -> self.accept(looked(claimed, failure)));
    }

    /// Hands messages over: in order for each sender, to all senders in parallel.
    private CompletableFuture<Void> handOver(Claims.Claimed claimed) {
        var bySender = new LinkedHashMap<SenderKey, List<OutgoingMessage>>();
        for (OutgoingMessage message : claimed.messages()) {
            var sender = new SenderKey(pool.tenant(), message.sender().orElseThrow());
            bySender.computeIfAbsent(sender, _ -> new ArrayList<>()).add(message);
        }
        CompletableFuture<?>[] taken = bySender.entrySet().stream()
                .map(entry -> means.send().to(entry.getKey(), List.copyOf(entry.getValue())))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(taken).exceptionally(_ -> null);
    }

    private Looked looked(Claims.@Nullable Claimed claimed, @Nullable Throwable failure) {
        if (claimed != null) {
            return new Looked(!claimed.done(), claimed.again());
        }
        means.failures().failed("Messages wait for the next check: pool", pool.id(), Objects.requireNonNull(failure));
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
        Duration wait = Duration.between(means.clock().instant(), next);
        means.timers().in(wait.isNegative() ? Duration.ZERO : wait, () -> self.accept(InternalCommand.WAKE));
    }

    private boolean isDueLater() {
        return due.filter(time -> time.isAfter(means.clock().instant())).isPresent();
    }
}
