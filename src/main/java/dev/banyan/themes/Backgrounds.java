package dev.banyan.themes;

import module java.base;
import dev.banyan.themes.Appearance.ButtonType;
import dev.banyan.themes.Appearance.Buttons;
import dev.banyan.themes.Appearance.Wallpaper;
import dev.banyan.themes.Appearance.WallpaperType;

/// The colours behind text, as far as they are known: those of an image or a video are not.
final class Backgrounds {

    /// The opacity of a glass button's colour.
    static final double GLASS = .45;

    /// The number of samples along a gradient to find its worst place.
    private static final int LOOKS = 12;

    private Backgrounds() {}

    /// Returns the colour behind everything.
    static HexColor base(Wallpaper wallpaper) {
        HexColor color = wallpaper.color().orElse(HexColor.WHITE);
        return wallpaper.type() == WallpaperType.FILL ? color.over(HexColor.WHITE, wallpaper.opacity()) : color;
    }

    /// Returns the one colour that comes nearest to the whole background. It is what a browser shows beyond the page's
    /// edges, and it decides whether controls are light or dark.
    static HexColor ground(Wallpaper wallpaper) {
        HexColor base = base(wallpaper);
        return wallpaper.type() == WallpaperType.GRADIENT
                ? start(wallpaper).over(end(wallpaper), .5).over(base, wallpaper.opacity())
                : base;
    }

    static HexColor start(Wallpaper wallpaper) {
        return wallpaper.gradientStart().orElseGet(() -> base(wallpaper));
    }

    static HexColor end(Wallpaper wallpaper) {
        return wallpaper.gradientEnd().orElseGet(() -> base(wallpaper));
    }

    /// Returns the colour of the pattern; if none was chosen, a shade of the background.
    static HexColor pattern(Wallpaper wallpaper) {
        HexColor base = base(wallpaper);
        HexColor shade = base.isDark() ? HexColor.WHITE : HexColor.BLACK;
        return wallpaper.patternColor().orElseGet(() -> shade.over(base, .1));
    }

    /// Returns all colours that may be behind text of a page.
    static List<HexColor> of(Wallpaper wallpaper) {
        HexColor base = base(wallpaper);
        var grounds = new ArrayList<HexColor>();
        switch (wallpaper.type()) {
            case FILL, IMAGE, VIDEO -> grounds.add(base);
            case GRADIENT -> addBetween(grounds, start(wallpaper), end(wallpaper), wallpaper.opacity(), base);
            case BLUR -> {
                addBetween(grounds, start(wallpaper), base, wallpaper.opacity(), base);
                addBetween(grounds, end(wallpaper), base, wallpaper.opacity(), base);
            }
            case PATTERN -> {
                grounds.add(base);
                if (wallpaper.patternType().isPresent()) {
                    grounds.add(pattern(wallpaper).over(base, wallpaper.opacity()));
                }
            }
        }
        return List.copyOf(grounds);
    }

    private static void addBetween(
            List<HexColor> grounds, HexColor start, HexColor end, double opacity, HexColor base) {
        for (int look = 0; look <= LOOKS; look++) {
            grounds.add(start.over(end, look / (double) LOOKS).over(base, opacity));
        }
    }

    /// Returns the colours behind the text of buttons.
    ///
    /// @param page the colours behind the buttons
    static List<HexColor> of(Buttons buttons, List<HexColor> page) {
        return switch (buttons.type()) {
            case SOLID -> List.of(buttons.background());
            case OUTLINE -> page;
            case GLASS ->
                page.stream()
                        .map(ground -> buttons.background().over(ground, GLASS))
                        .toList();
        };
    }

    /// Returns the text colour of a filled button, which is the former background colour.
    static HexColor behindText(Buttons buttons) {
        boolean own = buttons.type() == ButtonType.SOLID;
        HexColor readable = buttons.text().isDark() ? HexColor.WHITE : HexColor.BLACK;
        return own && buttons.background().contrast(buttons.text()) >= HexColor.READABLE
                ? buttons.background()
                : readable;
    }
}
