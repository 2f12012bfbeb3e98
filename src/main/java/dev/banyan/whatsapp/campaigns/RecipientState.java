package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.whatsapp.DeliveryState;

/// What became of one recipient of a campaign.
public enum RecipientState implements Keyed {
    /// Not ordered yet.
    PENDING,
    /// In the outbox.
    WAITING,
    SENT,
    DELIVERED,
    READ,
    FAILED,
    /// May have been sent; a person decides.
    UNCERTAIN,
    CANCELED,
    /// The same number comes earlier in the list.
    DUPLICATE,
    /// Not a phone number.
    INVALID,
    OPTED_OUT;

    public static Optional<RecipientState> parse(String text) {
        return Keyed.parse(RecipientState.class, text);
    }

    /// Returns what a message in this state means for its recipient.
    static RecipientState ofMessage(DeliveryState state) {
        return switch (state) {
            case SCHEDULED, QUEUED, SENDING -> WAITING;
            case SENT -> SENT;
            case DELIVERED -> DELIVERED;
            case READ -> READ;
            case FAILED -> FAILED;
            case UNCERTAIN -> UNCERTAIN;
            case CANCELED -> CANCELED;
        };
    }

    /// Returns whether its message has left.
    public boolean hasLeft() {
        return switch (this) {
            case SENT, DELIVERED, READ -> true;
            case PENDING, WAITING, FAILED, UNCERTAIN, CANCELED, DUPLICATE, INVALID, OPTED_OUT -> false;
        };
    }
}
