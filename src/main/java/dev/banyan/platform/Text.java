package dev.banyan.platform;

import module java.base;
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

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

    /// Returns the text as it is stored: without white space at its ends, and without the marks there that keyboards
    /// and clipboards leave and that do nothing at an end; empty if there is nothing in it to see.
    public static String clean(String typed) {
        int from = 0;
        int until = typed.length();
        while (from < until && isCut(typed.codePointAt(from))) {
            from += Character.charCount(typed.codePointAt(from));
        }
        while (from < until && isCut(typed.codePointBefore(until))) {
            until -= Character.charCount(typed.codePointBefore(until));
        }
        String text = typed.substring(from, until);
        return text.codePoints().allMatch(Text::isInvisible) ? "" : text;
    }

    /// Returns a name that others chose, such as what a contact calls themselves: one line, as cleaned as what is
    /// typed, and without what is not seen but makes it look like another name. What emojis and scripts need stays.
    public static String name(String given, int longest) {
        String line = given.codePoints()
                .map(point -> Character.isWhitespace(point) || Character.isSpaceChar(point) ? ' ' : point)
                .filter(point -> isPartOfName(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replaceAll(" {2,}", " ");
        String clean = clean(line);
        return clean.codePointCount(0, clean.length()) <= longest
                ? clean
                : clean(clean.substring(0, clean.offsetByCodePoints(0, longest)));
    }

    private static boolean isPartOfName(int point) {
        boolean isJoiner = point == 0x200C || point == 0x200D;
        boolean isOfEmoji = point >= 0xFE00 && point <= 0xFE0F || point >= 0xE0020 && point <= 0xE007F;
        boolean isHidden = UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
        return isJoiner
                || isOfEmoji
                || !isHidden
                        && !Character.isISOControl(point)
                        && Character.getType(point) != Character.SURROGATE
                        && (point & 0xFFFE) != 0xFFFE;
    }

    /// Returns a text that has at most so many code points: a longer one ends with “…”.
    public static String shortened(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    /// Returns true for what is cut from the ends: white space and what looks like it, marks of direction and of zero
    /// width. What belongs to an emoji stays: variation selectors and tags.
    private static boolean isCut(int point) {
        return isBlank(point)
                || point == 0x00AD
                || point == 0x061C
                || point >= 0x200B && point <= 0x200F
                || point >= 0x202A && point <= 0x202C
                || point >= 0x2060 && point <= 0x2069
                || point == 0xFEFF;
    }

    private static boolean isBlank(int point) {
        return Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || point == 0x2800 // a braille cell without dots
                || point == 0x3164; // fills the place of a Korean syllable
    }

    private static boolean isInvisible(int point) {
        return isBlank(point) || UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }

    /// The result of [#check].
    public sealed interface Checked {

        /// Ready to be stored, as [#clean] makes it.
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
        String text = clean(typed);
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
