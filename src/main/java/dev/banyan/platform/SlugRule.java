package dev.banyan.platform;

import module java.base;

/// The rule for slugs, the last part of an address that people choose (LinkToMe contract 4).
///
/// @param field as the API names it
/// @param reserved slugs that can't be chosen
public record SlugRule(String field, Set<String> reserved) {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int SHORTEST = 3;
    private static final int LONGEST = 30;

    public static String lower(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    /// @param slug in lower case
    public static boolean isFit(String slug) {
        return slug.length() >= SHORTEST
                && slug.length() <= LONGEST
                && SLUG.matcher(slug).matches();
    }

    /// Returns a slug like another one, to be used where that one is taken.
    public static String numbered(String slug, int number) {
        String end = "-" + number;
        String begin = slug.substring(0, Math.min(slug.length(), LONGEST - end.length()));
        return (begin.endsWith("-") ? begin.substring(0, begin.length() - 1) : begin) + end;
    }

    /// @param slug in lower case
    public Optional<Invalid> broken(String slug) {
        if (!isFit(slug)) {
            return Optional.of(new Invalid(
                    field,
                    "Slug must be 3 to 30 characters of a-z, 0-9 and single hyphens, not at its ends",
                    "Use 3 to 30 lowercase letters, digits and single hyphens. Start and end with a letter or digit."));
        }
        return reserved(slug);
    }

    /// @param slug in lower case
    public Optional<Invalid> reserved(String slug) {
        return reserved.contains(slug)
                ? Optional.of(new Invalid(
                        field,
                        "The slug “" + slug + "” is reserved; choose another one",
                        "“" + slug + "” is reserved. Choose another."))
                : Optional.empty();
    }
}
