package dev.banyan.platform.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A call to a server outside.
///
/// @param uri absolute, `http` or `https`
public record HttpCall(String method, URI uri, Map<String, String> headers, Optional<byte[]> body, Limits limits) {

    /// @param connect until the connection stands, TLS included
    /// @param read between two pieces of the answer, and before its first
    /// @param total until the whole answer is read
    /// @param bodyBytes of the answer
    /// @param lineBytes of one line of the answer, for those who read lines
    public record Limits(Duration connect, Duration read, Duration total, long bodyBytes, int lineBytes) {}
}
