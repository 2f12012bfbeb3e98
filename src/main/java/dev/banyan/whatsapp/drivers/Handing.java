package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.OutgoingMessage;

/// A message on its way to a gateway. As long as no call has begun, it can be taken back: it was certainly not sent.
final class Handing {

    private enum Step {
        /// For a turn, or for the next attempt.
        WAITING,
        CALLING,
        OVER
    }

    /// A call whose fate is unknown.
    ///
    /// @param began when the message was handed to the gateway first
    /// @param since when its fate became unknown
    record Doubt(SendResult.Unknown unknown, Instant began, Instant since) {}

    private final Session session;
    private final OutgoingMessage message;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final AtomicReference<Step> step = new AtomicReference<>(Step.WAITING);
    private volatile int attempts;
    private volatile Optional<Doubt> doubt = Optional.empty();

    Handing(Session session, OutgoingMessage message) {
        this.session = session;
        this.message = message;
    }

    Session session() {
        return session;
    }

    OutgoingMessage message() {
        return message;
    }

    /// Counts an attempt.
    void tries() {
        attempts++;
    }

    int attempts() {
        return attempts;
    }

    /// Begins a call.
    ///
    /// @return false if it was taken back
    boolean begins() {
        return step.compareAndSet(Step.WAITING, Step.CALLING);
    }

    /// Another call follows.
    void waits() {
        step.compareAndSet(Step.CALLING, Step.WAITING);
    }

    /// @return whether it was certainly not sent; then no call begins any more
    boolean takeBack() {
        return doubt.isEmpty() && step.compareAndSet(Step.WAITING, Step.OVER);
    }

    /// A call has ended, and nothing tells whether the message was sent. The first such call counts.
    void doubts(SendResult.Unknown unknown, Instant began, Instant now) {
        if (doubt.isEmpty()) {
            doubt = Optional.of(new Doubt(unknown, began, now));
        }
    }

    Optional<Doubt> doubt() {
        return doubt;
    }

    void ends() {
        step.set(Step.OVER);
        over.complete(null);
    }

    /// Completes when the result of the message is stored.
    CompletableFuture<Void> over() {
        return over;
    }
}
