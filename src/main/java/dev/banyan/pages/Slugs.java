package dev.banyan.pages;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.SlugRule;

/// The rules for the last part of a page's address.
public final class Slugs {

    private static final SlugRule RULE =
            new SlugRule("slug", Set.of("admin", "api", "public", "login", "signup", "settings", "v1"));

    private Slugs() {}

    static String lower(String typed) {
        return SlugRule.lower(typed);
    }

    /// @param slug in lower case
    public static Optional<Invalid> broken(String slug) {
        return RULE.broken(slug);
    }
}
