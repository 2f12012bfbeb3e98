package dev.banyan.whatsapp;

import java.time.Duration;
import java.time.Instant;

/// What a sender did in one hour.
///
/// @param hour when it began
/// @param seen messages that contacts have read
/// @param waited over all that was sent, from the order to WhatsApp's answer
public record SenderHours(
        Instant hour, long sent, long delivered, long seen, long failed, long received, Duration waited) {

    public static SenderHours none(Instant hour) {
        return new SenderHours(hour, 0, 0, 0, 0, 0, Duration.ZERO);
    }

    public SenderHours plus(SenderHours other) {
        return new SenderHours(
                hour,
                sent + other.sent,
                delivered + other.delivered,
                seen + other.seen,
                failed + other.failed,
                received + other.received,
                waited.plus(other.waited));
    }
}
