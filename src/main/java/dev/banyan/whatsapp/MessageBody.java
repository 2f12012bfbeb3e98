package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Invalid;

/// The rules for the text of a message. Text direction marks and line breaks are allowed.
public final class MessageBody {

    /// In Unicode code points; the limit of WhatsApp itself.
    public static final int LONGEST = 4_096;

    private MessageBody() {}

    /// Returns the first broken rule, if any. A message with a file needs no text.
    public static Optional<Invalid> broken(String text, Optional<Media> media) {
        int length = text.codePointCount(0, text.length());
        if (text.isBlank() && media.isEmpty()) {
            return bad("Message is required");
        }
        if (length > LONGEST) {
            return bad("Message must be " + LONGEST + " characters or less (current: " + length + ")");
        }
        return text.codePoints().anyMatch(MessageBody::isForbidden)
                ? bad("Message must not contain control characters")
                : Optional.empty();
    }

    private static Optional<Invalid> bad(String error) {
        return Optional.of(new Invalid("text", error));
    }

    /// Cleans text from outside: truncates it and removes characters that can't be stored.
    public static String tamed(String text, int longest) {
        return text.codePoints()
                .filter(point -> !isForbidden(point))
                .limit(longest)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isForbidden(int point) {
        return Character.isISOControl(point) && point != '\n' && point != '\r' && point != '\t'
                || Character.getType(point) == Character.SURROGATE
                || (point & 0xFFFE) == 0xFFFE;
    }
}
