package dev.banyan.pages.visitor;

import module java.base;
import java.awt.Font;
import java.awt.font.TextAttribute;

/// A text for a preview card, each part in a font that has its characters.
///
/// @param runs consecutive parts without gaps
record CardText(String text, List<Run> runs) {

    /// @param end start of the next part
    record Run(int end, Font font) {}

    /// Assigns fonts, leaving out emoji that no font has, because boxes are meaningless.
    ///
    /// @return empty if a letter is missing, because part of a name is a different name, or if nothing is left
    static Optional<CardText> of(String typed, List<Font> fonts) {
        return of(typed, Normalizer.Form.NFC, fonts).or(() -> of(typed, Normalizer.Form.NFKC, fonts));
    }

    /// @param form that of last resort writes 𝓑𝓻𝓪𝓷𝓭 as Brand
    private static Optional<CardText> of(String typed, Normalizer.Form form, List<Font> fonts) {
        var text = new StringBuilder();
        var runs = new ArrayList<Run>();
        for (int sign : Normalizer.normalize(typed.strip(), form).codePoints().toArray()) {
            Optional<Font> font = fontOf(sign, runs, fonts);
            if (font.isEmpty() && Character.isLetterOrDigit(sign)) {
                return Optional.empty();
            }
            if (font.isPresent()) {
                text.appendCodePoint(sign);
                add(runs, new Run(text.length(), font.get()));
            }
        }
        return text.toString().isBlank()
                ? Optional.empty()
                : Optional.of(new CardText(text.toString(), List.copyOf(runs)));
    }

    /// Returns the font of a character. A combining mark uses the font of the character before it if possible;
    /// otherwise the two would not be combined.
    private static Optional<Font> fontOf(int sign, List<Run> runs, List<Font> fonts) {
        Stream<Font> before =
                runs.isEmpty() ? Stream.empty() : Stream.of(runs.getLast().font());
        return switch (Character.getType(sign)) {
            case Character.FORMAT -> before.findFirst(); // invisible
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
                before.filter(font -> isVariation(sign) || font.canDisplay(sign))
                        .findFirst()
                        .or(() -> runs.isEmpty() ? Optional.empty() : first(sign, fonts));
            default -> first(sign, fonts);
        };
    }

    private static Optional<Font> first(int sign, List<Font> fonts) {
        return fonts.stream().filter(font -> font.canDisplay(sign)).findFirst();
    }

    /// Returns whether it is a variation selector, such as "as a picture, not as text".
    private static boolean isVariation(int sign) {
        return sign >= 0xFE00 && sign <= 0xFE0F;
    }

    private static void add(List<Run> runs, Run run) {
        if (!runs.isEmpty() && runs.getLast().font().equals(run.font())) {
            runs.removeLast();
        }
        runs.add(run);
    }

    /// Returns the text in this font size.
    AttributedString in(int size) {
        var attributed = new AttributedString(text);
        int begin = 0;
        for (Run run : runs) {
            attributed.addAttribute(TextAttribute.FONT, run.font().deriveFont((float) size), begin, run.end());
            begin = run.end();
        }
        return attributed;
    }
}
