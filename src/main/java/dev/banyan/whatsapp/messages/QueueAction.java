package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.whatsapp.DeliveryState;

/// What a person can decide about a message in the outbox.
public enum QueueAction implements Keyed {
    /// Sends a failed or uncertain message again; the person accepts that the contact may get an uncertain one twice.
    REQUEUE,
    /// Marks an uncertain message as not sent.
    GIVE_UP,
    /// Withdraws a message that has not been handed over.
    CANCEL;

    public boolean appliesTo(DeliveryState state) {
        return switch (this) {
            case REQUEUE -> state == DeliveryState.FAILED || state == DeliveryState.UNCERTAIN;
            case GIVE_UP -> state == DeliveryState.UNCERTAIN;
            case CANCEL -> state.isWaiting();
        };
    }

    /// Returns those states in words: `failed or uncertain`.
    public String stateWords() {
        return states().stream().sorted().map(DeliveryState::key).collect(Collectors.joining(" or "));
    }

    DeliveryState next() {
        return switch (this) {
            case REQUEUE -> DeliveryState.QUEUED;
            case GIVE_UP -> DeliveryState.FAILED;
            case CANCEL -> DeliveryState.CANCELED;
        };
    }

    /// Returns what is noted with the message.
    Optional<String> note() {
        return this == GIVE_UP ? Optional.of("Marked as failed. It may have reached the contact.") : Optional.empty();
    }

    /// Returns the states of the messages that it applies to.
    public Set<DeliveryState> states() {
        return Stream.of(DeliveryState.values()).filter(this::appliesTo).collect(Collectors.toSet());
    }

    /// Returns the action on many messages in the audit log.
    String auditedMany() {
        return switch (this) {
            case REQUEUE -> "MessagesResent";
            case GIVE_UP -> "MessagesGivenUp";
            case CANCEL -> "MessagesCanceled";
        };
    }

    /// Returns the action in the audit log.
    String audited() {
        return switch (this) {
            case REQUEUE -> "MessageResent";
            case GIVE_UP -> "MessageGivenUp";
            case CANCEL -> "MessageCanceled";
        };
    }
}
