package dev.banyan.workspaces;

import dev.banyan.platform.Invalid;

/// The rules for what people write in a chat. They are wider than those for names: lines, tabs and marks of reading
/// direction are part of what people type, and a message stands in a box of its own, where it deceives nobody.
final class MessageText {

    static final int LONGEST = 4_000;
    private static final String FIELD = "message";

    sealed interface Checked {

        /// Fit to be stored: without white space at its ends, lines end with `\n`.
        record Good(String text) implements Checked {}

        record Bad(Invalid invalid) implements Checked {}
    }

    private MessageText() {}

    static Checked check(String typed) {
        String text = typed.replace("\r\n", "\n").replace('\r', '\n').strip();
        int length = text.codePointCount(0, text.length());
        if (length == 0) {
            return bad("Message is required");
        }
        if (length > LONGEST) {
            return bad("Message must be " + LONGEST + " characters or less (current: " + length + ")");
        }
        return text.codePoints().anyMatch(MessageText::isForbidden)
                ? bad("Message must not contain control characters")
                : new Checked.Good(text);
    }

    private static Checked bad(String message) {
        return new Checked.Bad(new Invalid(FIELD, message));
    }

    static boolean isForbidden(int point) {
        return Character.isISOControl(point) && point != '\n' && point != '\t'
                || point == 0xFFFD // what broken UTF-8 becomes
                || Character.getType(point) == Character.SURROGATE
                || (point & 0xFFFE) == 0xFFFE;
    }
}
