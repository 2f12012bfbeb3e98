package dev.banyan.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// What came of a call.
public sealed interface HttpOutcome {

    /// The server answered, with any status; its body is still to be read. Closing it ends the call.
    non-sealed interface Answered extends HttpOutcome, AutoCloseable {

        int status();

        /// The first one of this name.
        Optional<String> header(String name);

        /// Reading it throws [BodyTooLarge] behind the limit, `SocketTimeoutException` where the server keeps
        /// silent for too long or the time for the whole call is over, and another `IOException` where the
        /// connection breaks.
        InputStream body();

        /// The next line of the body without its end, as UTF-8; empty at the end of the body.
        Optional<String> nextLine() throws IOException;

        @Override
        void close();
    }

    /// It leads to an address that this server does not call.
    record Refused() implements HttpOutcome {}

    /// No answer came in time.
    record TimedOut() implements HttpOutcome {}

    /// @param why in plain words, as the end of a sentence: `its name is not known`
    record Unreachable(String why) implements HttpOutcome {}

    /// The answer is announced, or begins, larger than it may be.
    record TooLarge() implements HttpOutcome {}

    /// The caller ended it.
    record Aborted() implements HttpOutcome {}

    /// More came than was asked for.
    final class BodyTooLarge extends IOException {

        BodyTooLarge(String message) {
            super(message);
        }
    }
}
