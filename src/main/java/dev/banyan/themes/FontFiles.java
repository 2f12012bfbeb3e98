package dev.banyan.themes;

/// The addresses of the font files.
final class FontFiles {

    /// Version of the font packages (`@fontsource`, under the Open Font License). It is part of the addresses, so
    /// browsers may cache them forever.
    static final String VERSION = "5.3.0";

    static final String FOLDER = "/ui/fonts/";

    private FontFiles() {}

    static String path(Font font, int weight) {
        return FOLDER + file(font, weight) + "?v=" + VERSION;
    }

    static String file(Font font, int weight) {
        if (font == Font.INTER) {
            return "inter-latin-wght-normal.woff2"; // variable: all weights, and our own pages wear it too
        }
        String name = font == Font.PLAYFAIR ? "playfair-display" : font.key();
        return name + "-latin-" + weight + "-normal.woff2";
    }
}
