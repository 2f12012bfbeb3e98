package dev.banyan.platform;

import module java.base;

/// Spells passwords the same on every keyboard: PRECIS' profile OpaqueString (RFC 8265), without what it forbids.
/// Some systems type “é” as one character and others as two; some type spaces of other kinds.
public final class OpaqueText {

    private static final Pattern SPACES = Pattern.compile("\\p{Zs}");

    private OpaqueText() {}

    public static String of(String typed) {
        return Normalizer.normalize(SPACES.matcher(typed).replaceAll(" "), Normalizer.Form.NFC);
    }

    /// Returns the ways a password may have been spelled where it was set before passwords were normalized, the
    /// normalized one first. Plain ones have only one.
    public static List<String> spellings(String typed) {
        return Stream.of(of(typed), typed, Normalizer.normalize(typed, Normalizer.Form.NFD))
                .distinct()
                .toList();
    }
}
