package dev.banyan.analytics;

/// The subject of a row of counters.
///
/// @param key the stored value
record Subject(String key) implements Comparable<Subject> {

    /// All pages of an account.
    static final Subject PAGES = new Subject("p");

    /// All short links of an account.
    static final Subject SHORT_LINKS = new Subject("s");

    static final String PAGE_PREFIX = "p:";
    private static final String SHORT_LINK_PREFIX = "s:";

    static Subject page(String id) {
        return new Subject(PAGE_PREFIX + id);
    }

    static Subject shortLink(String id) {
        return new Subject(SHORT_LINK_PREFIX + id);
    }

    boolean isShortLink() {
        return key.startsWith(SHORT_LINK_PREFIX);
    }

    /// Returns whether the subject is all pages or all short links of an account.
    boolean isOfAll() {
        return equals(PAGES) || equals(SHORT_LINKS);
    }

    /// Returns the id of the page or short link.
    String id() {
        return key.substring(key.indexOf(':') + 1);
    }

    @Override
    public int compareTo(Subject other) {
        return key.compareTo(other.key);
    }
}
