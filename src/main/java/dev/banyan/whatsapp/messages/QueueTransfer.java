package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingMessage.Waiting;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.WaitReason;
import dev.banyan.whatsapp.failover.FailoverDecisionStore;
import dev.banyan.whatsapp.failover.FailoverSettingsStore;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.failover.PoolStateStore;
import dev.banyan.whatsapp.messages.Claims.Claimed;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Lends the queue of a failed pool to the one that stands in for it, bit by bit: evenly over the time that the
/// settings name, so that the numbers that stand in survive it, and never many at once, so that the transactions stay
/// short and little has to come back when the pool works again.
@Singleton
public record QueueTransfer(Event<MessagesReassigned> lent) {

    /// When the next portion follows, while the queue is spread over a time or the other pool has enough.
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /// When it follows once that time is over.
    private static final Duration SHORT_PAUSE = Duration.ofMillis(100);
    /// The longest that a short queue is spread: this for each message.
    private static final Duration EACH = Duration.ofSeconds(1);
    /// How many messages may wait with the pool that stands in.
    private static final int MOST_LENT = 5_000;
    /// Messages that are put off until any time are lent, too.
    private static final Duration EVER = Duration.ofDays(1_000);
    /// Each step lends one message per contact.
    private static final int MOST_STEPS = 10;

    /// Lends what is due, if another pool still stands in.
    Claimed next(Tx tx, SenderKey pool, Instant now) {
        PoolState state = new PoolStateStore(tx).lock(pool.tenant(), pool.id());
        Optional<SenderId> standIn = state.standIn();
        if (standIn.isEmpty()) {
            return Claimed.nothing(false);
        }
        var outgoing = new OutgoingStore(tx);
        var outbox = new OutboxStore(tx);
        Spread spread = spread(tx, pool, state);
        int kept = spread.kept(now);
        int most = Math.min(
                outbox.waiting(pool.tenant(), pool.id(), kept + MOST_LENT) - kept,
                MOST_LENT - outgoing.countAwayFromHome(pool.tenant(), pool.id()));
        int left = most;
        int step = most;
        for (int steps = 0; steps < MOST_STEPS && left > 0 && step > 0; steps++) {
            List<OutgoingMessage> next = outgoing.next(pool.tenant(), pool.id(), now.plus(EVER), left);
            step = outbox.lend(pool.tenant(), next, standIn.get(), now);
            left -= step;
        }
        if (kept > 0) {
            var wait = new Waiting(WaitReason.RATE, spread.end());
            outbox.putOff(pool.tenant(), outbox.due(pool.tenant(), pool.id(), now), wait);
        }
        if (left < most) {
            var other = new SenderKey(pool.tenant(), standIn.get());
            tx.afterCommit(() -> lent.fire(new MessagesReassigned(other)));
        }
        return Claimed.nothingUntil(now.plus(kept > 0 || left == most ? PAUSE : SHORT_PAUSE));
    }

    /// @param messages how many waited when the pool failed
    private record Spread(long messages, Instant began, Duration over) {

        /// Returns how many messages stay in the queue for now.
        int kept(Instant now) {
            long left = Duration.between(now, end()).toMillis();
            return left <= 0 ? 0 : (int) Math.ceilDiv(messages * left, over.toMillis());
        }

        Instant end() {
            return began.plus(over);
        }
    }

    private static Spread spread(Tx tx, SenderKey pool, PoolState state) {
        long messages = state.decision()
                .flatMap(id -> new FailoverDecisionStore(tx).find(pool.tenant(), id))
                .map(decision -> decision.moved().messages())
                .orElse(0);
        Duration set =
                new FailoverSettingsStore(tx).find(pool.tenant(), pool.id()).spread();
        Duration most = EACH.multipliedBy(messages);
        return new Spread(messages, state.changedAt(), set.compareTo(most) < 0 ? set : most);
    }
}
