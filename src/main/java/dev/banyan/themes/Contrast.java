package dev.banyan.themes;

import dev.banyan.themes.Appearance.WallpaperType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds text that cannot be read on what it stands on (WCAG 2.2, 1.4.3), and the colour that could. The named themes
/// need no look: a test holds them to it.
public final class Contrast {

    /// Text that is hard to read.
    ///
    /// @param field as the API names it
    /// @param what in a sentence: `The title`
    /// @param ratio the worst one, as people read it: `2.1`
    /// @param better the nearest colour that passes everywhere; empty where none does
    public record Unreadable(String field, String what, String ratio, Optional<HexColor> better) {}

    private Contrast() {}

    public static List<Unreadable> check(Appearance look) {
        if (look.theme() != Theme.CUSTOM || look.isUntouched()) {
            return List.of();
        }
        var found = new ArrayList<Unreadable>();
        List<HexColor> page = Grounds.of(look.wallpaper());
        check("text.titleColor", "The title", look.text().titleColor(), 1, page).ifPresent(found::add);
        double faintest = Math.min(look.text().bioOpacity(), look.text().nameOpacity());
        check("text.pageTextColor", "The text of the page", look.text().pageColor(), faintest, page)
                .ifPresent(found::add);
        check(
                        "buttons.textColor",
                        "The text of buttons",
                        look.buttons().text(),
                        1,
                        Grounds.of(look.buttons(), look.wallpaper()))
                .ifPresent(found::add);
        return List.copyOf(found);
    }

    /// Whether text stands on something that nobody can judge but the eye.
    public static boolean isUnknown(Appearance look) {
        WallpaperType type = look.wallpaper().type();
        return look.theme() == Theme.CUSTOM
                && (type == WallpaperType.IMAGE
                        || type == WallpaperType.VIDEO
                        || type == WallpaperType.BLUR
                                && look.wallpaper().image().isPresent());
    }

    private static Optional<Unreadable> check(
            String field, String what, HexColor text, double opacity, List<HexColor> grounds) {
        double worst = worst(text, opacity, grounds);
        // Down, never up: 4.49 must not read like enough.
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
