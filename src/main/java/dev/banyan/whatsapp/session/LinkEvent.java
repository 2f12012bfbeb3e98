package dev.banyan.whatsapp.session;

import dev.banyan.whatsapp.Sender;
import java.time.Instant;

/// What somebody who watches a linking sees: codes, and then one of the ends.
public sealed interface LinkEvent {

    /// A code to scan.
    ///
    /// @param text what the QR code says
    /// @param number counted from 1
    /// @param of how many there will be before it is given up
    record Code(String text, int number, int of, Instant shownAt, Instant expiresAt) implements LinkEvent {}

    /// The phone has scanned, and wants a passkey first.
    record PasskeyRequired() implements LinkEvent {}

    /// The sender is linked now.
    record Linked(Sender sender) implements LinkEvent {}

    /// No code was scanned in time. The sender is pending again.
    record TimedOut() implements LinkEvent {}

    /// A code was scanned, but not by the right phone. The sender is pending again.
    ///
    /// @param why a whole sentence for people
    record Refused(String why) implements LinkEvent {}

    /// Somebody has stopped it, or removed the sender.
    record Stopped() implements LinkEvent {}

    /// True for all but a code and the wish for a passkey: no more follows of this linking.
    default boolean isEnd() {
        return switch (this) {
            case Code _, PasskeyRequired _ -> false;
            case Linked _, TimedOut _, Refused _, Stopped _ -> true;
        };
    }
}
