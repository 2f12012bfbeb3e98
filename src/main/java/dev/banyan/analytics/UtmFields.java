package dev.banyan.analytics;

import module java.base;

/// What an address says about where it was published: the UTM fields of its query. Texts are empty if missing.
public record UtmFields(String source, String medium, String name) {

    static final UtmFields NONE = new UtmFields("", "", "");

    private static final int LONGEST = 100;
    private static final Pattern UNSHOWN = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");

    /// The medium of visits by a QR code, and what its address carries (`QrPicture.SCANNED`).
    public static final String QR = "qr";

    /// Scans of QR codes have a medium of their own, so that they are told from clicks.
    ///
    /// @param query of a request; empty if it has none
    public static UtmFields of(String query) {
        if (query.equals(QR) || query.startsWith(QR + "&")) {
            return new UtmFields("", QR, "");
        }
        if (!query.contains("utm_")) {
            return NONE;
        }
        return new UtmFields(field(query, "utm_source="), field(query, "utm_medium="), field(query, "utm_campaign="));
    }

    private static String field(String query, String name) {
        for (String part : query.split("&")) {
            if (part.startsWith(name)) {
                return text(part.substring(name.length()));
            }
        }
        return "";
    }

    private static String text(String encoded) {
        try {
            String text = UNSHOWN.matcher(URLDecoder.decode(encoded, StandardCharsets.UTF_8))
                    .replaceAll("")
                    .strip();
            return text.codePointCount(0, text.length()) <= LONGEST
                    ? text
                    : text.substring(0, text.offsetByCodePoints(0, LONGEST));
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
