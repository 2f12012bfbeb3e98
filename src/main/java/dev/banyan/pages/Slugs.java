package dev.banyan.pages;

import dev.banyan.platform.Invalid;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The rule for the last part of a page's address (LinkToMe contract 4).
final class Slugs {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Set<String> RESERVED = Set.of("admin", "api", "public", "login", "signup", "settings", "v1");

    private Slugs() {}

    static String lower(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    /// @param slug in lower case
    static Optional<Invalid> broken(String slug) {
        if (slug.length() < 3 || slug.length() > 30 || !SLUG.matcher(slug).matches()) {
            return Optional.of(new Invalid(
                    "slug",
                    "Slug must be 3 to 30 characters of a-z, 0-9 and single hyphens, not at its ends",
                    "Write 3 to 30 of a-z, 0-9 and single hyphens, with a letter or digit at both ends."));
        }
        return RESERVED.contains(slug)
                ? Optional.of(new Invalid(
                        "slug",
                        "The slug “" + slug + "” is reserved; choose another one",
                        "“" + slug + "” is reserved. Choose another address."))
                : Optional.empty();
    }
}
