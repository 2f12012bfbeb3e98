package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.Keyed;

/// The dimensions of visits. A day keeps a limited number of values per dimension, the largest ones, and combines the
/// rest, so that invented referrers can't fill the tables.
enum Dimension implements Keyed {
    REFERRER("r", 50),
    SOURCE("u", 50),
    MEDIUM("m", 30),
    CAMPAIGN("g", 50),
    COUNTRY("c", 60),
    DEVICE("d", 10),
    BROWSER("b", 30),
    SYSTEM("o", 30),
    LANGUAGE("l", 40),
    HOUR("h", 24),
    LINK("k", 200),
    SHORT_LINK("s", 200),
    /// Ways to a chat, of which there is one: "Message us".
    CHAT("t", 1),
    VARIANT("v", 50);

    private final String key;
    final int most;

    Dimension(String key, int most) {
        this.key = key;
        this.most = most;
    }

    /// Returns the stored name.
    @Override
    public String key() {
        return key;
    }

    /// Returns what programs call it, such as `country`.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the dimensions of the visits of pages.
    static List<Dimension> ofPages() {
        return Stream.of(values()).filter(one -> one != SHORT_LINK).toList();
    }

    /// Returns the one of pages that programs call so.
    static Optional<Dimension> ofPages(String word) {
        return ofPages().stream().filter(one -> one.word().equals(word)).findFirst();
    }

    /// Says what a parameter takes.
    static String rule(String field, String example) {
        return field + " must be such as " + example + ", with one of: "
                + ofPages().stream().map(Dimension::word).collect(Collectors.joining(", "));
    }
}
