package dev.banyan.platform;

import module java.base;

/// Texts within HTML and XML.
public final class Markup {

    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "ur");

    private Markup() {}

    /// Returns the value of `dir` for texts in a language: `ltr` or `rtl`.
    public static String direction(Locale language) {
        return RIGHT_TO_LEFT.contains(language.getLanguage()) ? "rtl" : "ltr";
    }

    /// Makes a text part of a document, in elements and in quoted attributes.
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
