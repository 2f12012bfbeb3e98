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

    @Override
    public int compareTo(Subject other) {
        return key.compareTo(other.key);
    }
}
