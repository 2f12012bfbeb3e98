package dev.banyan.platform.web.page;

import module java.base;

/// Initials on one of six background colours, so that a name looks the same everywhere.
public record Avatar(String initials, int tone) {
    private static final int TONES = 6;

    /// Derives the colour from `key` (a username or an e-mail), which stays when the displayed name changes.
    public static Avatar of(String name, String key) {
        return new Avatar(initialsOf(name), Math.floorMod(key.hashCode(), TONES) + 1);
    }

    /// Returns the class of the design system: `av1` to `av6`.
    public String tint() {
        return "av" + tone;
    }

    private static String initialsOf(String name) {
        String[] words = name.strip().split("[\\s._-]+");
        String first = firstOf(words[0]);
        String second = words.length > 1 ? firstOf(words[words.length - 1]) : secondOf(words[0]);
        String initials = (first + second).toUpperCase(Locale.ROOT);
        return initials.isEmpty() ? "?" : initials;
    }

    private static String firstOf(String word) {
        return word.isEmpty() ? "" : Character.toString(word.codePointAt(0));
    }

    private static String secondOf(String word) {
        return word.codePointCount(0, word.length()) < 2
                ? ""
                : Character.toString(word.codePointAt(word.offsetByCodePoints(0, 1)));
    }
}
