package dev.banyan.pages;

import module java.base;
import dev.banyan.platform.Keyed;

/// What an entry of a page is. The API calls it `type`; it never changes.
public enum LinkKind implements Keyed {
    LINK,
    HEADING,
    TEXT;

    public static Optional<LinkKind> parse(String key) {
        return Keyed.parse(LinkKind.class, key);
    }
}
