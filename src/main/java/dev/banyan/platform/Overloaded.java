package dev.banyan.platform;

import java.time.Duration;

/// More is asked of the server than it can do right now. Answered with 503 and the time to wait.
public final class Overloaded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    /// @param message for people: what is too much
    public Overloaded(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
