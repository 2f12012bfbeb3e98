package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;

/// What a message that has not been sent yet waits for (design 7, "Dispatch").
public enum WaitReason implements Keyed {
    /// The time it was scheduled for.
    SCHEDULED("Scheduled."),
    /// Earlier messages, or the next check, which follows at once.
    TURN("Next in line."),
    QUOTA("The daily limit of the number, or of its business portfolio, is reached."),
    WARM_UP("The number is warming up and has reached its limit for today."),
    RATE("The rate limit is reached."),
    QUIET_HOURS("Quiet hours."),
    PAIR_LIMIT("The limit of messages to one contact is reached."),
    /// The contact's own number may come back; otherwise another one takes over.
    NUMBER_AWAY("The contact’s number is not connected."),
    POOL_AWAY("No number of the pool can send right now."),
    PAUSED("Paused."),
    /// A person must agree to a failover.
    APPROVAL("Waits for someone to approve the failover."),
    /// The driver could not send it and asked to try again.
    RETRY("Sending failed and will be tried again.");

    /// The sentence for people.
    public final String sentence;

    WaitReason(String sentence) {
        this.sentence = sentence;
    }

    /// Returns the reason in a table's column, which has none for a message whose turn it is.
    static Optional<String> column(WaitReason reason) {
        return switch (reason) {
            case TURN, SCHEDULED -> Optional.empty();
            case QUOTA, WARM_UP, RATE, QUIET_HOURS, PAIR_LIMIT, NUMBER_AWAY, POOL_AWAY, PAUSED, APPROVAL, RETRY ->
                Optional.of(reason.key());
        };
    }
}
