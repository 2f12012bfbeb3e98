package dev.banyan.pages;

import module java.base;

/// What an entry of a page is. The API calls it `type`; it never changes.
public enum LinkKind {
    LINK,
    HEADING,
    TEXT;

    /// Returns the name used in the API and in tables: `heading`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<LinkKind> parse(String key) {
        return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }
}
