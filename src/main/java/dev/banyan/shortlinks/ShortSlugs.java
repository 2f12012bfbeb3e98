package dev.banyan.shortlinks;

import dev.banyan.platform.Invalid;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The rule for what stands behind `/l/` (LinkToMe contract 4), and slugs that nobody chose: six of `[a-z0-9]`.
final class ShortSlugs {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Set<String> RESERVED = Set.of(
            "admin",
            "api",
            "public",
            "login",
            "signup",
            "settings",
            "v1",
            "banyan",
            "support",
            "security",
            "billing",
            "verify",
            "password",
            "account",
            "help");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int GENERATED = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ShortSlugs() {}

    static String lower(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    /// @param slug in lower case
    static boolean isFit(String slug) {
        return slug.length() >= 3 && slug.length() <= 30 && SLUG.matcher(slug).matches();
    }

    /// @param slug in lower case
    static Optional<Invalid> broken(String slug) {
        if (!isFit(slug)) {
            return Optional.of(new Invalid(
                    "customSlug",
                    "Slug must be 3 to 30 characters of a-z, 0-9 and single hyphens, not at its ends",
                    "Write 3 to 30 of a-z, 0-9 and single hyphens, with a letter or digit at both ends."));
        }
        return RESERVED.contains(slug)
                ? Optional.of(new Invalid(
                        "customSlug",
                        "The slug “" + slug + "” is reserved; choose another one",
                        "“" + slug + "” is reserved. Choose another one."))
                : Optional.empty();
    }

    static String generate() {
        var slug = new StringBuilder(GENERATED);
        for (int i = 0; i < GENERATED; i++) {
            slug.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return slug.toString();
    }
}
