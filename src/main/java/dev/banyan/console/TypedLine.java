package dev.banyan.console;

import module java.base;

/// A typed line, split into words. A word that begins with `"` or `'` extends to the same character before a space or
/// the end, so `"Sales Team"` is one word and `O'Brien` needs no quotes. Case is preserved.
///
/// @param endsInsideWord whether the cursor is right after the last word, so that it could continue
public record TypedLine(List<String> words, Optional<Character> openQuote, boolean endsInsideWord) {

    public TypedLine {
        words = List.copyOf(words);
    }

    public static TypedLine of(String line) {
        var words = new ArrayList<String>();
        int at = 0;
        while (true) {
            while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
                at++;
            }
            if (at == line.length()) {
                return new TypedLine(words, Optional.empty(), false);
            }
            char first = line.charAt(at);
            boolean quoted = first == '"' || first == '\'';
            int begin = quoted ? at + 1 : at;
            int end = begin;
            while (end < line.length() && !isEnd(line, end, quoted, first)) {
                end++;
            }
            words.add(line.substring(begin, end));
            if (end == line.length()) {
                return new TypedLine(words, quoted ? Optional.of(first) : Optional.empty(), true);
            }
            at = end + 1;
        }
    }

    private static boolean isEnd(String line, int at, boolean quoted, char quote) {
        return quoted
                ? line.charAt(at) == quote && (at + 1 == line.length() || Character.isWhitespace(line.charAt(at + 1)))
                : Character.isWhitespace(line.charAt(at));
    }
}
