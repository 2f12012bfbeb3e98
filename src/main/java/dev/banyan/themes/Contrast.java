package dev.banyan.themes;

import module java.base;
import dev.banyan.themes.Appearance.WallpaperType;

/// Finds unreadable text (WCAG 2.2, 1.4.3), and a readable colour for it. Named themes are not checked here but by a
/// test.
public final class Contrast {

    /// Text that is hard to read.
    ///
    /// @param field its name in the API
    /// @param what within a sentence: `The title`
    /// @param ratio the worst one, formatted: `2.1`
    /// @param better the nearest colour that passes everywhere; empty if there is none
    public record Unreadable(String field, String what, String ratio, Optional<HexColor> better) {}

    private Contrast() {}

    /// @param tone of the account's sky, for the theme Lagoon
    public static List<Unreadable> check(Appearance look, int tone) {
        if (look.worn() != Theme.CUSTOM && !look.fixesColors()) {
            return List.of();
        }
        Appearance drawn = RenderedTheme.of(look, tone);
        var found = new ArrayList<Unreadable>();
        List<HexColor> page = RenderedTheme.grounds(drawn, tone);
        check("text.titleColor", "The title", drawn.text().titleColor(), 1, page)
                .ifPresent(found::add);
        checkText(drawn, tone, page).ifPresent(found::add);
        check("buttons.textColor", "The button text", drawn.buttons().text(), 1, Backgrounds.of(drawn.buttons(), page))
                .ifPresent(found::add);
        return List.copyOf(found);
    }

    /// A theme draws the text in two colours, a page of its own in one that is partly transparent.
    private static Optional<Unreadable> checkText(Appearance drawn, int tone, List<HexColor> page) {
        double faintest = Math.min(drawn.text().bioOpacity(), drawn.text().nameOpacity());
        return RenderedTheme.themeTexts(drawn, tone)
                .map(texts -> texts.stream()
                        .flatMap(text -> check("text.pageTextColor", "The page text", text, 1, page).stream())
                        .findFirst())
                .orElseGet(() -> check(
                        "text.pageTextColor", "The page text", drawn.text().pageColor(), faintest, page));
    }

    /// Returns whether text is on a background of unknown color.
    public static boolean isUnknown(Appearance look) {
        WallpaperType type = look.wallpaper().type();
        boolean own = look.worn() == Theme.CUSTOM || look.drawnOver().contains(ThemeOverride.WALLPAPER);
        return own
                && (type == WallpaperType.IMAGE
                        || type == WallpaperType.VIDEO
                        || type == WallpaperType.BLUR
                                && look.wallpaper().image().isPresent());
    }

    private static Optional<Unreadable> check(
            String field, String what, HexColor text, double opacity, List<HexColor> grounds) {
        double worst = worst(text, opacity, grounds);
        // Rounded down: 4.49 must not be shown as sufficient.
        String ratio = String.format(Locale.ROOT, "%.1f", Math.floor(worst * 10) / 10);
        return worst >= HexColor.READABLE
                ? Optional.empty()
                : Optional.of(new Unreadable(
                        field,
                        what,
                        ratio,
                        text.nearest(color -> worst(color, opacity, grounds) >= HexColor.READABLE)));
    }

    private static double worst(HexColor text, double opacity, List<HexColor> grounds) {
        return grounds.stream()
                .mapToDouble(ground -> text.over(ground, opacity).contrast(ground))
                .min()
                .orElse(21);
    }
}
