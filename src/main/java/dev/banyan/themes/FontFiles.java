package dev.banyan.themes;

/// The files of the typefaces, where browsers find them.
final class FontFiles {

    /// Of the packages that they come from (`@fontsource`, under the Open Font License): with another one their
    /// addresses change, so browsers may keep them for ever.
    static final String VERSION = "5.3.0";

    static final String FOLDER = "/ui/fonts/";

    private FontFiles() {}

    static String path(Font font, int weight) {
        return FOLDER + file(font, weight) + "?v=" + VERSION;
    }

    static String file(Font font, int weight) {
        String name = font == Font.PLAYFAIR ? "playfair-display" : font.key();
        return name + "-latin-" + weight + "-normal.woff2";
    }
}
