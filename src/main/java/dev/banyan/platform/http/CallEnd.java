package dev.banyan.platform.http;

import module java.base;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/// Ends a call from outside, and remembers the reason, because the call itself only sees a closed connection.
final class CallEnd {

    private enum Why {
        TIMED_OUT,
        ABORTED
    }

    private final HttpUriRequestBase request;
    private Optional<Why> why = Optional.empty();

    CallEnd(HttpUriRequestBase request) {
        this.request = request;
    }

    void timeOut() {
        end(Why.TIMED_OUT);
    }

    void abort() {
        end(Why.ABORTED);
    }

    private void end(Why reason) {
        synchronized (this) {
            if (why.isEmpty()) {
                why = Optional.of(reason);
            }
        }
        request.cancel();
    }

    synchronized boolean isTimedOut() {
        return why.filter(reason -> reason == Why.TIMED_OUT).isPresent();
    }

    /// Returns the reason; empty if the call ended by itself.
    synchronized Optional<HttpOutcome> outcome() {
        return why.map(reason -> switch (reason) {
            case TIMED_OUT -> new HttpOutcome.TimedOut();
            case ABORTED -> new HttpOutcome.Aborted();
        });
    }
}
