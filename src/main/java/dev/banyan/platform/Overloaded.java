package dev.banyan.platform;

import module java.base;

/// The server can't handle the request right now. Answered with 503 and the time to wait.
public final class Overloaded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    /// @param message for people: what there is too much of
    public Overloaded(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
