package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.SlugRule;

/// The rules for slugs (`/l/{slug}`, LinkToMe contract 4), and generated slugs: six characters of `[a-z0-9]`. Slugs
/// that come from elsewhere are kept as they are, where an address can have them.
final class ShortSlugs {

    private static final SlugRule RULE = new SlugRule(
            "customSlug",
            Set.of(
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
                    "help"));
    private static final Pattern FROM_ELSEWHERE = Pattern.compile("[A-Za-z0-9_-]{1,60}");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int GENERATED = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ShortSlugs() {}

    static String lower(String typed) {
        return SlugRule.lower(typed);
    }

    /// Returns whether there can be a short link with this slug.
    static boolean isFit(String slug) {
        return FROM_ELSEWHERE.matcher(slug).matches();
    }

    /// Returns whether a slug, in any case, can be one that was made here.
    static boolean isOurs(String slug) {
        return SlugRule.isFit(lower(slug));
    }

    /// @param slug of a short link that was made elsewhere, or exported here
    static Optional<Invalid> brokenFromElsewhere(String slug) {
        if (!isFit(slug)) {
            return Optional.of(new Invalid(
                    "customSlug",
                    "Slug must be 1 to 60 letters, digits, hyphens and underscores",
                    "Use up to 60 letters (a–z), digits, hyphens and underscores."));
        }
        return RULE.reserved(lower(slug));
    }

    /// @param slug in lower case
    static Optional<Invalid> broken(String slug) {
        return RULE.broken(slug);
    }

    static String generate() {
        var slug = new StringBuilder(GENERATED);
        for (int i = 0; i < GENERATED; i++) {
            slug.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return slug.toString();
    }
}
