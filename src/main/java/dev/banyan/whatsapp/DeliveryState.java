package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;

/// The delivery state of an outgoing message (design 7), with a table of the allowed transitions.
public enum DeliveryState implements Keyed {
    /// To be sent at a later time.
    SCHEDULED,
    /// Waiting for its number.
    QUEUED,
    /// Handed to the driver; not yet known whether it was sent.
    SENDING,
    /// Accepted by WhatsApp.
    SENT,
    /// Delivered to the contact's phone.
    DELIVERED,
    /// Read by the contact.
    READ,
    /// Not sent, for a reason of its own: WhatsApp refused it, or it expired. It can be queued again.
    FAILED,
    /// May have been sent: the server or the connection failed during the handover. A person decides what to do.
    UNCERTAIN,
    /// Withdrawn before it was handed over.
    CANCELED;

    private static Set<DeliveryState> after(DeliveryState state) {
        return switch (state) {
            case SCHEDULED -> EnumSet.of(QUEUED, FAILED, CANCELED);
            // Sent at once: it is to be sent again, and then turns out to have been sent the first time.
            case QUEUED -> EnumSet.of(SENDING, SENT, DELIVERED, READ, FAILED, CANCELED);
            case SENDING -> EnumSet.of(QUEUED, SENT, DELIVERED, READ, FAILED, UNCERTAIN);
            // Waiting again: WhatsApp had accepted it, and then took that back for a while.
            case SENT -> EnumSet.of(QUEUED, DELIVERED, READ, FAILED);
            case DELIVERED -> EnumSet.of(READ);
            case UNCERTAIN -> EnumSet.of(QUEUED, SENT, DELIVERED, READ, FAILED);
            case FAILED -> EnumSet.of(QUEUED);
            case READ, CANCELED -> EnumSet.noneOf(DeliveryState.class);
        };
    }

    /// Returns whether it has not been handed to a driver yet.
    public boolean isWaiting() {
        return this == SCHEDULED || this == QUEUED;
    }

    public boolean mayBecome(DeliveryState next) {
        return after(this).contains(next);
    }
}
