package dev.banyan.platform;

import module java.base;

/// The rule for a text that people type: its length, and nothing in it that would break a page or deceive a reader. SQL
/// and HTML need no rule: texts are stored as they are, and escaped where they are shown.
///
/// @param field as the API names it
/// @param label as messages name it
/// @param shortest after white space at both ends is cut; 0 if the text may be absent
/// @param longest in Unicode code points
/// @param lines whether line breaks are allowed
public record Text(String field, String label, int shortest, int longest, boolean lines) {

    public static Text line(String field, String label, int longest) {
        return new Text(field, label, 1, longest, false);
    }

    public static Text optional(String field, String label, int longest, boolean lines) {
        return new Text(field, label, 0, longest, lines);
    }

    /// The result of [#check].
    public sealed interface Checked {

        /// Ready to be stored, without white space at its ends.
        record Good(String text) implements Checked {}

        record Bad(Invalid invalid) implements Checked {}
    }

    /// Returns the first broken rule, if there is one.
    public Optional<Invalid> broken(String text) {
        return switch (check(text)) {
            case Checked.Good _ -> Optional.empty();
            case Checked.Bad bad -> Optional.of(bad.invalid());
        };
    }

    public Checked check(String typed) {
        String text = typed.strip();
        int length = text.codePointCount(0, text.length());
        if (length < shortest) {
            return bad(length == 0 ? label + " is required" : label + " must be at least " + shortest + " characters");
        }
        if (length > longest) {
            return bad(label + " must be " + longest + " characters or less (current: " + length + ")");
        }
        if (text.codePoints().anyMatch(point -> isForbidden(point))) {
            return bad(label + " must not contain control characters or characters that change the reading direction");
        }
        return new Checked.Good(text);
    }

    private Checked bad(String message) {
        return new Checked.Bad(new Invalid(field, message));
    }

    private boolean isForbidden(int point) {
        if (point == '\n' || point == '\r') {
            return !lines;
        }
        return Character.isISOControl(point)
                || isBidiControl(point)
                || point == 0xFFFD // the result of broken UTF-8
                || point == 0x2028
                || point == 0x2029
                || point == 0xFEFF
                || Character.getType(point) == Character.SURROGATE
                || (point & 0xFFFE) == 0xFFFE;
    }

    /// Returns true for characters with which a name can be made to look like another.
    private static boolean isBidiControl(int point) {
        return point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || point >= 0x202A && point <= 0x202E
                || point >= 0x2066 && point <= 0x2069;
    }
}
