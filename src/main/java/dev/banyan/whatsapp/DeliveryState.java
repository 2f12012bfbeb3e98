package dev.banyan.whatsapp;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// How far an outgoing message has come (design 7), as a table of what may follow what.
public enum DeliveryState {
    /// Waits for its number.
    QUEUED,
    /// Handed to the driver; whether it went out is not known yet.
    SENDING,
    /// WhatsApp has it.
    SENT,
    /// The contact's phone has it.
    DELIVERED,
    /// The contact has seen it.
    READ,
    /// It was not sent, and will not be.
    FAILED,
    /// The server or the connection died while it was handed over: it may have been sent. Somebody decides.
    UNCERTAIN;

    private static Set<DeliveryState> after(DeliveryState state) {
        return switch (state) {
            case QUEUED -> EnumSet.of(SENDING, FAILED);
            case SENDING -> EnumSet.of(QUEUED, SENT, DELIVERED, READ, FAILED, UNCERTAIN);
            case SENT -> EnumSet.of(DELIVERED, READ, FAILED);
            case DELIVERED -> EnumSet.of(READ);
            case UNCERTAIN -> EnumSet.of(QUEUED, SENT, DELIVERED, READ, FAILED);
            case READ, FAILED -> EnumSet.noneOf(DeliveryState.class);
        };
    }

    public boolean mayBecome(DeliveryState next) {
        return after(this).contains(next);
    }

    /// As tables and JSON have it.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static DeliveryState of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
