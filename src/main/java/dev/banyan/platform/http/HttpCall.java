package dev.banyan.platform.http;

import module java.base;

/// A call to an outside server.
///
/// @param uri absolute, `http` or `https`; other letters in its path and query are encoded, as browsers do
public record HttpCall(String method, URI uri, Map<String, String> headers, Optional<byte[]> body, Limits limits) {

    public HttpCall {
        uri = URI.create(uri.toASCIIString());
    }

    /// @param connect until the connection is established, including TLS
    /// @param read between two pieces of the answer, and before its first
    /// @param total until the whole answer is read
    /// @param bodyBytes of the answer
    /// @param lineBytes of one line of the answer, for callers that read lines
    public record Limits(Duration connect, Duration read, Duration total, long bodyBytes, int lineBytes) {}
}
