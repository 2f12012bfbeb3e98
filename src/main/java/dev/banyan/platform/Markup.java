package dev.banyan.platform;

/// Texts within HTML and XML.
public final class Markup {

    private Markup() {}

    /// Makes a text part of a document, in elements and in quoted attributes.
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
