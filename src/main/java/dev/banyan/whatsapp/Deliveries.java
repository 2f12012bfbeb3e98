package dev.banyan.whatsapp;

import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What became of outgoing messages, as far as the table of [DeliveryState] allows; what it does not allow came too
/// late and changes nothing.
@Singleton
final class Deliveries {

    /// How often a message is handed over before it has failed.
    static final int TRIES = 5;
    /// Before the second time; twice as long before each that follows.
    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    private static final int LONGEST_ERROR = 300;

    private final Event<DeliveryChanged> changed;
    private final Clock clock;

    Deliveries(Event<DeliveryChanged> changed, Clock clock) {
        this.changed = changed;
        this.clock = clock;
    }

    /// Brings a message further, if the table allows it and nobody else was first.
    Optional<OutgoingMessage> become(Tx tx, OutgoingMessage message, DeliveryState next, Optional<String> error) {
        Instant now = clock.instant();
        return become(tx, message, next, error, now, now);
    }

    private Optional<OutgoingMessage> become(
            Tx tx, OutgoingMessage message, DeliveryState next, Optional<String> error, Instant now, Instant due) {
        if (!message.state().mayBecome(next)) {
            return Optional.empty();
        }
        OutgoingMessage after = message.became(next, error.map(text -> MessageBody.tamed(text, LONGEST_ERROR)), now);
        if (!new OutgoingStore(tx).become(message.tenant(), message, after, due)) {
            return Optional.empty();
        }
        told(tx, after);
        return Optional.of(after);
    }

    /// @return the message as it is handed over; empty when another node was first
    Optional<OutgoingMessage> handOver(Tx tx, OutgoingMessage message, Sender sender) {
        OutgoingMessage chosen = message.by(sender.id());
        Optional<OutgoingMessage> after = become(tx, chosen, DeliveryState.SENDING, Optional.empty());
        after.ifPresent(_ -> new OutgoingStore(tx).tried(message.tenant(), message.id()));
        return after;
    }

    private void told(Tx tx, OutgoingMessage after) {
        tx.afterCommit(() -> changed.fire(new DeliveryChanged(after)));
    }

    void sent(Tx tx, DriverEvent.Sent sent) {
        var store = new OutgoingStore(tx);
        store.find(sent.sender().tenant(), sent.message())
                .filter(message ->
                        message.sender().equals(Optional.of(sent.sender().id())))
                .flatMap(message -> become(tx, message, DeliveryState.SENT, Optional.empty()))
                .ifPresent(message -> store.setProvider(message.tenant(), message.id(), sent.provider()));
    }

    void notSent(Tx tx, DriverEvent.NotSent not) {
        var store = new OutgoingStore(tx);
        Optional<OutgoingMessage> found = store.find(not.sender().tenant(), not.message());
        int tries = store.tries(not.sender().tenant(), not.message());
        found.ifPresent(message -> {
            if (not.again() && tries < TRIES && message.state() == DeliveryState.SENDING) {
                again(tx, message, not.reason(), tries);
            } else {
                become(tx, message, DeliveryState.FAILED, Optional.of(not.reason()));
            }
        });
    }

    private void again(Tx tx, OutgoingMessage message, String reason, int tries) {
        Instant now = clock.instant();
        Instant due = now.plus(FIRST_PAUSE.multipliedBy(1L << Math.max(0, tries - 1)));
        become(tx, message, DeliveryState.QUEUED, Optional.of(reason), now, due);
    }

    /// The contact's phone has it, or the contact has seen it.
    void came(Tx tx, SenderKey sender, String provider, DeliveryState state) {
        new OutgoingStore(tx)
                .findByProvider(sender.tenant(), sender.id(), provider)
                .ifPresent(message -> become(tx, message, state, Optional.empty()));
    }
}
