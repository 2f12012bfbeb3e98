package dev.banyan.pages;

import dev.banyan.platform.Invalid;
import dev.banyan.platform.SlugRule;
import java.util.Optional;
import java.util.Set;

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
