package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.SlugRule;

/// The rules for slugs (`/l/{slug}`, LinkToMe contract 4), and generated slugs: six characters of `[a-z0-9]`.
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
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int GENERATED = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ShortSlugs() {}

    static String lower(String typed) {
        return SlugRule.lower(typed);
    }

    /// @param slug in lower case
    static boolean isFit(String slug) {
        return SlugRule.isFit(slug);
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
