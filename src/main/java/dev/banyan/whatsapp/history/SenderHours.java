package dev.banyan.whatsapp.history;

import module java.base;

/// Activity of a sender in one hour.
///
/// @param hour start of the hour
/// @param seen messages read by contacts
/// @param waited total time of all sent messages, from the order to WhatsApp's answer
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
