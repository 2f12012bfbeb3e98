package dev.banyan.workspaces;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;

/// The rules for what people write in a chat. They are wider than those for names: line breaks, tabs and direction
/// marks are part of what people type, and since a message is shown in its own box they can't be used to deceive.
public final class MessageText {

    public static final int LONGEST = 4_000;
    private static final String FIELD = "message";

    public sealed interface Checked {

        /// Ready to store: trimmed, with lines ending in `\n`.
        record Good(String text) implements Checked {}

        record Bad(Invalid invalid) implements Checked {}
    }

    private MessageText() {}

    public static Checked check(String typed) {
        return check(typed, false);
    }

    /// @param mayBeEmpty whether the text may be empty because files are attached
    public static Checked check(String typed, boolean mayBeEmpty) {
        String text = typed.replace("\r\n", "\n").replace('\r', '\n').strip();
        int length = text.codePointCount(0, text.length());
        if (Text.clean(text).isEmpty() && !mayBeEmpty) {
            return bad("Message is required");
        }
        if (length > LONGEST) {
            return bad("Message must be " + LONGEST + " characters or less (current: " + length + ")");
        }
        return text.codePoints().anyMatch(MessageText::isForbidden)
                ? bad("Message must not contain control characters")
                : new Checked.Good(text);
    }

    /// Prepares a text from elsewhere for storage: replaces forbidden characters with spaces and splits a text that is
    /// too long into several messages, between lines or words if possible.
    ///
    /// @return nothing if the text has no content
    public static List<String> pieces(String text) {
        var clean = new StringBuilder();
        text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .codePoints()
                .map(point -> isForbidden(point) ? ' ' : point)
                .forEach(clean::appendCodePoint);
        var pieces = new ArrayList<String>();
        String rest = clean.toString().strip();
        while (rest.codePointCount(0, rest.length()) > LONGEST) {
            int end = rest.offsetByCodePoints(0, LONGEST);
            int line = rest.lastIndexOf('\n', end);
            int word = rest.lastIndexOf(' ', end);
            int cut = line > end / 2 ? line : word > end / 2 ? word : end;
            pieces.add(rest.substring(0, cut).strip());
            rest = rest.substring(cut).strip();
        }
        pieces.add(rest);
        return pieces.stream().filter(piece -> !piece.isEmpty()).toList();
    }

    private static Checked bad(String message) {
        return new Checked.Bad(new Invalid(FIELD, message));
    }

    public static boolean isForbidden(int point) {
        return Character.isISOControl(point) && point != '\n' && point != '\t'
                || point == 0xFFFD // the replacement character for broken UTF-8
                || Character.getType(point) == Character.SURROGATE
                || (point & 0xFFFE) == 0xFFFE;
    }
}
