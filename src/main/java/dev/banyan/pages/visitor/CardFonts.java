package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.platform.PrivateFiles;
import java.awt.Font;
import java.awt.FontFormatException;

/// The fonts of preview cards. They are part of Banyan and no system font is used, so a card looks the same wherever it
/// is drawn.
///
/// Noto, under the Open Font License: the origin of the files is in docs/dependencies.md.
final class CardFonts {

    /// In order of preference: the first font with the character is used.
    private static final List<String> BOLD = List.of(
            "noto-sans-latin-700.ttf",
            "noto-sans-latin-ext-700.ttf",
            "noto-sans-vietnamese-700.ttf",
            "noto-sans-greek-700.ttf",
            "noto-sans-cyrillic-700.ttf",
            "noto-sans-cyrillic-ext-700.ttf",
            "noto-sans-arabic-700.ttf",
            "noto-sans-hebrew-700.ttf",
            "noto-sans-devanagari-700.ttf",
            "noto-sans-cjk-700.otf",
            "noto-emoji-700.ttf");

    /// The system property with the path of such a list on Linux.
    private static final String LIST = "sun.awt.fontconfig";

    private static final List<String> PLAIN = List.of("noto-sans-latin-400.ttf");

    /// Loaded when the first card is drawn, which most runs never do.
    private static final class Loaded {

        static {
            nameTheFontsOfTheMachine();
        }

        static final List<Font> BOLD = load(CardFonts.BOLD);
        static final List<Font> PLAIN =
                Stream.concat(load(CardFonts.PLAIN).stream(), BOLD.stream()).toList();
    }

    private CardFonts() {}

    static List<Font> bold() {
        return Loaded.BOLD;
    }

    /// Returns the regular font, followed by the others for missing characters.
    static List<Font> plain() {
        return Loaded.PLAIN;
    }

    /// Sets a font list in which every name means a font of ours. Before Java accepts a font from us, it looks for
    /// system fonts, and fails if there are none.
    private static void nameTheFontsOfTheMachine() {
        if (System.getProperty(LIST) != null) {
            return; // set by the operator
        }
        try {
            Path font = unpacked(BOLD.getFirst());
            String name = "-noto-sans-bold-r-normal--*-%d-*-*-p-*-iso10646-1";
            var list = new StringBuilder("version=1\nsequence.allfonts=latin-1\n");
            for (String family : List.of("serif", "sansserif", "monospaced", "dialog", "dialoginput")) {
                for (String style : List.of("plain", "bold", "italic", "bolditalic")) {
                    list.append(family + "." + style + ".latin-1=" + name + "\n");
                }
            }
            list.append("filename." + name + "=" + font + "\n");
            Path written = PrivateFiles.temporaryFile("banyan-fonts", ".properties");
            written.toFile().deleteOnExit();
            Files.writeString(written, list);
            System.setProperty(LIST, written.toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Font> load(List<String> names) {
        return names.stream().map(CardFonts::load).toList();
    }

    private static Font load(String name) {
        try {
            return Font.createFont(Font.TRUETYPE_FONT, unpacked(name).toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (FontFormatException failure) {
            throw new IllegalStateException("The font " + name + " cannot be read", failure);
        }
    }

    /// Returns the font as a file: Java would make one of a stream in the temporary folder of the machine.
    private static Path unpacked(String name) throws IOException {
        Path font = PrivateFiles.temporaryFile("banyan", ".ttf");
        font.toFile().deleteOnExit();
        try (var file = open(name)) {
            Files.copy(file, font, StandardCopyOption.REPLACE_EXISTING);
        }
        return font;
    }

    private static InputStream open(String name) {
        return Optional.ofNullable(CardFonts.class.getResourceAsStream("fonts/" + name))
                .orElseThrow(() -> new IllegalStateException("The build lacks the font " + name));
    }
}
