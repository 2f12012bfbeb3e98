package dev.banyan.platform.web.gate;

import module java.base;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/// Decides which requests are refused before anything else handles them, including the cache of public pages: those
/// that a proxy in front of us may interpret differently.
final class RequestRules {

    /// Why a request is refused.
    enum Refusal {
        BROKEN(400, "The request is not valid HTTP/1.1"),
        LONG_LINE(414, "The address is too long"),
        LONG_HEADER(431, "The header is too large"),
        VERSION(505, "This server supports HTTP/1.1 and HTTP/1.0"),
        TARGET(400, "The address must begin with a slash"),
        PARAMETERS(400, "The path must not contain a semicolon or %3B"),
        HOST(400, "The request must have exactly one valid Host header"),
        LENGTH(400, "The request must give its body length in one way: Content-Length or Transfer-Encoding: chunked"),
        TOO_LARGE(413, "The body is too large"),
        FULL(503, "The server is receiving too much right now. Try again in a moment.");

        final int status;
        final String text;

        Refusal(int status, String text) {
            this.status = status;
            this.text = text;
        }

        static Refusal of(BodyBudget.Refusal why) {
            return switch (why) {
                case STRANGER, TOO_LARGE -> TOO_LARGE;
                case FULL, DISK -> FULL;
            };
        }
    }

    private static final String UNWISE = "\"<>\\^`{|}";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private RequestRules() {}

    /// @return null for nearly all requests; not an Optional, because every request is checked
    static @Nullable Refusal of(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return of(request.decoderResult().cause());
        }
        HttpVersion version = request.protocolVersion();
        boolean isLatest = HttpVersion.HTTP_1_1.equals(version);
        if (!isLatest && !HttpVersion.HTTP_1_0.equals(version)) {
            return Refusal.VERSION;
        }
        String uri = request.uri();
        if (!isTarget(uri)) {
            return Refusal.TARGET;
        }
        if (hasParameters(uri)) {
            return Refusal.PARAMETERS;
        }
        return of(request.headers(), isLatest);
    }

    static Refusal of(Throwable failure) {
        return switch (failure) {
            case TooLongHttpLineException _ -> Refusal.LONG_LINE;
            case TooLongHttpHeaderException _ -> Refusal.LONG_HEADER;
            default -> Refusal.BROKEN;
        };
    }

    /// Returns an address with a query that is written as URIs are. Browsers leave signs such as `|` as they are, and
    /// people write a `%` alone: `?utm_campaign=spring|50%off`. Quarkus would answer both with an empty 400.
    static String withPlainQuery(String uri) {
        int query = uri.indexOf('?');
        int at = query;
        while (at >= 0 && at < uri.length() && !isToBeEscaped(uri, at)) {
            at++;
        }
        if (at < 0 || at == uri.length()) {
            return uri;
        }
        var plain = new StringBuilder(uri.length() + 32).append(uri, 0, at);
        for (; at < uri.length(); at++) {
            char character = uri.charAt(at);
            if (isToBeEscaped(uri, at)) {
                plain.append('%').append(HEX.toHexDigits((byte) character));
            } else {
                plain.append(character);
            }
        }
        return plain.toString();
    }

    /// Characters are the bytes of the request line.
    private static boolean isToBeEscaped(String uri, int at) {
        char character = uri.charAt(at);
        return character >= 0x80 && character <= 0xFF
                || UNWISE.indexOf(character) >= 0
                || character == '%'
                        && (at + 2 >= uri.length()
                                || !HexFormat.isHexDigit(uri.charAt(at + 1))
                                || !HexFormat.isHexDigit(uri.charAt(at + 2)));
    }

    private static boolean isTarget(String uri) {
        return uri.startsWith("/") || uri.equals("*") || uri.startsWith("http://") || uri.startsWith("https://");
    }

    /// Returns true for a path with a semicolon. Resources would treat what follows as a matrix parameter and ignore
    /// it, but rules that check the path see it.
    private static boolean hasParameters(String uri) {
        int query = uri.indexOf('?');
        int end = query < 0 ? uri.length() : query;
        int plain = uri.indexOf(';');
        if (plain >= 0 && plain < end) {
            return true;
        }
        for (int at = uri.indexOf('%'); at >= 0 && at < end; at = uri.indexOf('%', at + 1)) {
            if (uri.startsWith("3B", at + 1) || uri.startsWith("3b", at + 1)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Refusal of(HttpHeaders headers, boolean isLatest) {
        int hosts = 0;
        int lengths = 0;
        int encodings = 0;
        boolean chunked = true;
        // One pass over all headers: looking up each name would take longer.
        for (Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence(); all.hasNext(); ) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            CharSequence name = header.getKey();
            switch (name.length()) {
                case 0 -> {
                    return Refusal.BROKEN;
                }
                case 4 -> {
                    if (HttpHeaderNames.HOST.contentEqualsIgnoreCase(name)) {
                        hosts += isHost(header.getValue()) ? 1 : 2;
                    }
                }
                case 14 -> {
                    if (HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)) {
                        lengths++;
                    }
                }
                case 17 -> {
                    if (HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name)) {
                        encodings++;
                        chunked = HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(header.getValue());
                    }
                }
                default -> {}
            }
        }
        if (isLatest ? hosts != 1 : hosts > 1) {
            return Refusal.HOST;
        }
        return lengths + encodings > 1 || encodings == 1 && !(chunked && isLatest) ? Refusal.LENGTH : null;
    }

    private static boolean isHost(CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            boolean fits = character >= 'a' && character <= 'z'
                    || character >= '-' && character <= ':' && character != '/'
                    || character >= 'A' && character <= 'Z'
                    || character == '['
                    || character == ']'
                    || character == '_';
            if (!fits) {
                return false;
            }
        }
        return !value.isEmpty() && HostAndPort.parseAuthority(value.toString(), -1) != null; // its port, too
    }
}
