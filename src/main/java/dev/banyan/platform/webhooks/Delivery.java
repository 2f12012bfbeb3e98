package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.Keyed;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// An event on its way to an endpoint, with what came of the last try.
///
/// @param event its id, the same at each try and each replay
/// @param subject what it happened to: events about the same thing are sent in order
/// @param body what is sent
/// @param due when it is tried next, while it waits
/// @param status what the receiver answered
/// @param error why there was no answer, in plain words
/// @param answer the beginning of the receiver’s answer
public record Delivery(
        UUID id,
        UUID endpoint,
        String event,
        String type,
        String subject,
        String body,
        State state,
        int attempts,
        Instant due,
        Optional<Instant> triedAt,
        Optional<Integer> tookMillis,
        Optional<Integer> status,
        Optional<String> error,
        Optional<String> answer,
        Instant createdAt) {

    /// No try is put off for longer. What waits longer was stored before the clock was set back.
    static final Duration LONGEST_WAIT = Duration.ofHours(24);

    /// Returns it ended without a try.
    Delivery refused(String why) {
        return new Delivery(
                id,
                endpoint,
                event,
                type,
                subject,
                body,
                State.FAILED,
                attempts,
                due,
                triedAt,
                tookMillis,
                status,
                Optional.of(why),
                answer,
                createdAt);
    }

    /// Which deliveries are listed.
    ///
    /// @param after a delivery: only older ones
    public record Wanted(
            Optional<String> event, Optional<State> state, Optional<Instant> since, Optional<UUID> after) {}

    /// What has become of it.
    @Schema(name = "WebhookDeliveryState")
    public enum State implements Keyed {
        WAITING,
        DELIVERED,
        FAILED;

        public static Optional<State> of(String key) {
            return Keyed.parse(State.class, key);
        }
    }
}
