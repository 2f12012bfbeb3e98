package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.whatsapp.Sender;

/// Events of a linking: codes, followed by one final event.
public sealed interface LinkEvent {

    /// A code to scan.
    ///
    /// @param text content of the QR code
    /// @param number counted from 1
    /// @param of total number of codes before the linking is given up
    record Code(String text, int number, int of, Instant shownAt, Instant expiresAt) implements LinkEvent {}

    /// The phone has scanned the code and requires a passkey first.
    record PasskeyRequired() implements LinkEvent {}

    record Linked(Sender sender) implements LinkEvent {}

    /// No code was scanned in time. The sender is pending again.
    record TimedOut() implements LinkEvent {}

    /// A code was scanned, but not by the right phone. The sender is pending again.
    ///
    /// @param why a full sentence for people
    record Refused(String why) implements LinkEvent {}

    /// The linking was stopped, or the sender removed.
    record Stopped() implements LinkEvent {}

    /// Returns true for all but a code and a passkey request: no more events of this linking follow.
    default boolean isEnd() {
        return switch (this) {
            case Code _, PasskeyRequired _ -> false;
            case Linked _, TimedOut _, Refused _, Stopped _ -> true;
        };
    }
}
