package dev.banyan.themes;

import module java.base;
import dev.banyan.themes.Appearance.ButtonType;
import dev.banyan.themes.Appearance.Buttons;
import dev.banyan.themes.Appearance.Shadow;
import dev.banyan.themes.Appearance.Text;
import dev.banyan.themes.Appearance.Wallpaper;

/// An appearance with the values that are drawn: a page's own ones, and its theme's for all others. Forms are filled
/// with it, and contrast is measured on it.
public final class RenderedTheme {

    private static final Pattern COLOR = Pattern.compile("(?:#|%23)([0-9a-f]{6})");

    private RenderedTheme() {}

    /// Returns the appearance with the values that are drawn. What a theme draws and the fields can't say is left out:
    /// its wallpaper becomes its ground, and its shadow the nearest of ours.
    ///
    /// @param tone of the account's sky, for the theme Lagoon
    public static Appearance of(Appearance look, int tone) {
        return style(look, tone).map(theme -> over(theme, look)).orElse(look);
    }

    private static Optional<ThemeStyle> style(Appearance look, int tone) {
        Theme theme = look.worn();
        return theme == Theme.LAGOON ? Optional.of(Lagoon.style(tone)) : ThemeStyle.of(theme);
    }

    private static Appearance over(ThemeStyle theme, Appearance look) {
        Set<ThemeOverride> own = look.drawnOver();
        Wallpaper ground = Appearance.DEFAULT.wallpaper().withColor(theme.ground());
        Buttons buttons = look.buttons();
        Text text = look.text();
        return look.withTheme(look.worn())
                .withOverrides(own)
                .withWallpaper(own.contains(ThemeOverride.WALLPAPER) ? look.wallpaper() : ground)
                .withButtons(new Buttons(
                        own.contains(ThemeOverride.BUTTON_TYPE) ? buttons.type() : ButtonType.SOLID,
                        own.contains(ThemeOverride.CORNERS) ? buttons.corners() : theme.corners(),
                        own.contains(ThemeOverride.SHADOW) ? buttons.shadow() : shadow(theme),
                        own.contains(ThemeOverride.BUTTON_COLOR) ? buttons.background() : theme.button(),
                        own.contains(ThemeOverride.BUTTON_TEXT) ? buttons.text() : theme.buttonInk(),
                        own.contains(ThemeOverride.BORDER) ? buttons.border() : theme.line(),
                        own.contains(ThemeOverride.HOVER) ? buttons.hover() : theme.hover()))
                .withText(new Text(
                        own.contains(ThemeOverride.TITLE_FONT) ? text.titleFont() : theme.titleFont(),
                        own.contains(ThemeOverride.BODY_FONT) ? text.bodyFont() : theme.bodyFont(),
                        own.contains(ThemeOverride.TITLE_COLOR) ? text.titleColor() : theme.title(),
                        own.contains(ThemeOverride.TEXT_COLOR) ? text.pageColor() : theme.ink(),
                        text.titleSize(),
                        text.nameOpacity(),
                        text.bioOpacity()));
    }

    private static Shadow shadow(ThemeStyle theme) {
        return theme.shadow().equals("none") ? Shadow.NONE : Shadow.SUBTLE;
    }

    /// Returns all colours that may be behind text of the page.
    static List<HexColor> grounds(Appearance look, int tone) {
        Optional<ThemeStyle> theme =
                look.drawnOver().contains(ThemeOverride.WALLPAPER) ? Optional.empty() : style(look, tone);
        return theme.map(RenderedTheme::grounds).orElseGet(() -> Backgrounds.of(look.wallpaper()));
    }

    private static List<HexColor> grounds(ThemeStyle theme) {
        var grounds = new ArrayList<HexColor>(List.of(theme.ground()));
        COLOR.matcher(theme.wallpaper())
                .results()
                .map(found -> HexColor.of("#" + found.group(1)))
                .forEach(grounds::add);
        return List.copyOf(grounds);
    }

    /// Returns the colours in which a theme draws the page's text; empty if the text has a colour of its own.
    static Optional<List<HexColor>> themeTexts(Appearance look, int tone) {
        return look.drawnOver().contains(ThemeOverride.TEXT_COLOR)
                ? Optional.empty()
                : style(look, tone).map(theme -> List.of(theme.ink(), theme.soft()));
    }
}
