package dev.banyan.whatsapp;

import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides which waiting messages of a pool go now, and over which number. It writes the decision down before anybody
/// calls a driver.
@Singleton
final class Claims {

    static final int AT_ONCE = 100;
    /// When to look again at what waits for its number; its return is told, so this is for what was not heard.
    static final Duration NEXT_LOOK = Duration.ofSeconds(60);

    /// @param messages to be handed over after the commit
    /// @param done whether nothing is left to be done now
    record Claimed(List<OutgoingMessage> messages, boolean done) {

        Claimed {
            messages = List.copyOf(messages);
        }
    }

    private final Deliveries deliveries;
    private final Liveness liveness;
    private final Clock clock;
    private final Duration patience;

    Claims(Deliveries deliveries, Liveness liveness, Clock clock, Settings settings) {
        this.deliveries = deliveries;
        this.liveness = liveness;
        this.clock = clock;
        this.patience = Duration.ofMinutes(settings.messageWaitMinutes());
    }

    /// What is to be handed over now; that it is, is written down.
    Claimed next(Tx tx, SenderKey pool) {
        var store = new OutgoingStore(tx);
        Instant now = clock.instant();
        Optional<Sender> chosen = SenderChoice.of(new SenderStore(tx), pool.tenant(), pool.id());
        Optional<String> hopeless = hopeless(chosen);
        if (hopeless.isPresent()) {
            return new Claimed(List.of(), fail(tx, store.queued(pool.tenant(), pool.id(), AT_ONCE), hopeless.get()));
        }
        Sender sender = chosen.orElseThrow();
        if (!sender.state().isActive() || !liveness.of(sender).isConnected()) {
            store.putOff(pool.tenant(), pool.id(), now, now.plus(NEXT_LOOK));
            return new Claimed(
                    List.of(),
                    fail(
                            tx,
                            store.queuedBefore(pool.tenant(), pool.id(), now.minus(patience), AT_ONCE),
                            "The number was not connected for too long."));
        }
        var handed = new ArrayList<OutgoingMessage>();
        List<OutgoingMessage> next = store.next(pool.tenant(), pool.id(), now, AT_ONCE);
        for (OutgoingMessage message : next) {
            if (sender.state() == SenderState.RESTRICTED && !isOldChat(tx, sender, message)) {
                deliveries.become(
                        tx,
                        message,
                        DeliveryState.FAILED,
                        Optional.of("WhatsApp has restricted this number (error 463): it may answer old chats, "
                                + "and not begin new ones."));
            } else {
                deliveries.handOver(tx, message, sender).ifPresent(handed::add);
            }
        }
        return new Claimed(handed, next.isEmpty());
    }

    /// Why this number will send nothing more, whoever waits.
    private static Optional<String> hopeless(Optional<Sender> chosen) {
        if (chosen.isEmpty()) {
            return Optional.of("The number was removed before this was sent.");
        }
        return switch (chosen.get().state()) {
            case BANNED -> Optional.of("WhatsApp has banned the number before this was sent.");
            case UNLINKED -> Optional.of("The number was logged out before this was sent.");
            case PENDING, LINKING, PASSKEY_REQUIRED, LINKED, DISCONNECTED, RESTRICTED -> Optional.empty();
        };
    }

    private boolean fail(Tx tx, List<OutgoingMessage> messages, String why) {
        messages.forEach(message -> deliveries.become(tx, message, DeliveryState.FAILED, Optional.of(why)));
        return messages.size() < AT_ONCE;
    }

    private static boolean isOldChat(Tx tx, Sender sender, OutgoingMessage message) {
        return new IncomingStore(tx).hasWritten(sender.tenant(), sender.id(), message.to())
                || new OutgoingStore(tx).hasReached(sender.tenant(), sender.id(), message.to());
    }
}
