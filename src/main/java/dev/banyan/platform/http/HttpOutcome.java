package dev.banyan.platform.http;

import module java.base;

/// The outcome of a call.
public sealed interface HttpOutcome {

    /// The server answered, with any status; its body is still to be read. Closing it ends the call.
    non-sealed interface Answered extends HttpOutcome, AutoCloseable {

        int status();

        Optional<String> header(String name);

        /// Returns the body. Reading it throws [BodyTooLarge] beyond the limit, `SocketTimeoutException` if the server
        /// is silent for too long or the time for the whole call is over, and another `IOException` if the
        /// connection breaks.
        InputStream body();

        /// Returns the next line of the body without its end, as UTF-8; empty at the end of the body.
        Optional<String> nextLine() throws IOException;

        @Override
        void close();
    }

    /// The address is one that this server does not call.
    record Refused() implements HttpOutcome {}

    /// No answer came in time.
    record TimedOut() implements HttpOutcome {}

    /// @param why in plain words, as the end of a sentence: `its host name wasn’t found`
    /// @param mayHaveArrived whether the connection was established, so that the request may have been carried out
    record Unreachable(String why, boolean mayHaveArrived) implements HttpOutcome {

        Unreachable(String why) {
            this(why, false);
        }
    }

    /// The answer's declared or actual size exceeds the limit.
    record TooLarge() implements HttpOutcome {}

    /// The caller ended it.
    record Aborted() implements HttpOutcome {}

    /// More was received than was requested.
    final class BodyTooLarge extends IOException {

        BodyTooLarge(String message) {
            super(message);
        }
    }
}
