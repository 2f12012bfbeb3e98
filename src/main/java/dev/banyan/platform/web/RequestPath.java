package dev.banyan.platform.web;

import module java.base;
import io.vertx.core.http.HttpServerRequest;

/// Reads the path of a request, without its query; empty if the client sent none that is readable.
public final class RequestPath {

    private RequestPath() {}

    public static String of(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.path(), "");
    }

    /// Returns true if each %-escape is well formed and the whole, unescaped, is UTF-8 without NUL.
    public static boolean isDecodable(String uri) {
        if (uri.indexOf('%') < 0) {
            return uri.chars().allMatch(character -> character < 0x80 && character > 0x20);
        }
        var bytes = ByteBuffer.allocate(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            char character = uri.charAt(i);
            if (character == '%') {
                if (i + 2 >= uri.length()
                        || !HexFormat.isHexDigit(uri.charAt(i + 1))
                        || !HexFormat.isHexDigit(uri.charAt(i + 2))) {
                    return false;
                }
                byte value = (byte) HexFormat.fromHexDigits(uri, i + 1, i + 3);
                if (value == 0) {
                    return false;
                }
                bytes.put(value);
                i += 2;
            } else if (character >= 0x80 || character <= 0x20) {
                return false;
            } else {
                bytes.put((byte) character);
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
