package dev.banyan.analytics;

/// What a row of counters is about.
///
/// @param key as it is stored
record Subject(String key) implements Comparable<Subject> {

    /// All pages of an account together.
    static final Subject PAGES = new Subject("p");

    /// All short links of an account together.
    static final Subject SHORT_LINKS = new Subject("s");

    static final String PAGE_PREFIX = "p:";
    private static final String SHORT_LINK_PREFIX = "s:";

    static Subject page(String id) {
        return new Subject(PAGE_PREFIX + id);
    }

    static Subject shortLink(String id) {
        return new Subject(SHORT_LINK_PREFIX + id);
    }

    /// Whether it is one short link.
    boolean isShortLink() {
        return key.startsWith(SHORT_LINK_PREFIX);
    }

    /// Of the one page or short link.
    String id() {
        return key.substring(key.indexOf(':') + 1);
    }

    @Override
    public int compareTo(Subject other) {
        return key.compareTo(other.key);
    }
}
