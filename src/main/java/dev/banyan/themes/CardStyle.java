package dev.banyan.themes;

import module java.base;
import dev.banyan.accounts.Tier;
import dev.banyan.themes.Appearance.Wallpaper;
import dev.banyan.themes.Appearance.WallpaperType;

/// The colours of a page's preview card: those of the page, as far as they are readable there.
///
/// @param top of the background, a gradient to `bottom`
/// @param badge behind the initials, if there is no picture
public record CardStyle(
        HexColor top, HexColor bottom, HexColor title, HexColor soft, HexColor badge, HexColor initials) {

    /// @param look as chosen
    /// @param tier of the account, which may lack features that were chosen
    /// @return empty for the sky of the theme Lagoon
    public static Optional<CardStyle> of(Appearance look, Tier tier) {
        Appearance shown = AppearanceTiers.shown(look, tier);
        boolean sky = shown.worn() == Theme.LAGOON && !shown.drawnOver().contains(ThemeOverride.WALLPAPER);
        if (sky) {
            return Optional.empty();
        }
        // The tone matters only for texts that are not the page's own, and those are made readable anyway.
        return shown.fixesColors()
                ? Optional.of(of(RenderedTheme.of(shown, 0)))
                : ThemeStyle.of(shown.worn()).map(CardStyle::of).or(() -> Optional.of(of(shown)));
    }

    private static CardStyle of(ThemeStyle theme) {
        return readable(theme.ground(), theme.ground(), theme.title(), theme.soft(), theme.button(), theme.buttonInk());
    }

    private static CardStyle of(Appearance look) {
        Wallpaper wallpaper = look.wallpaper();
        HexColor base = Backgrounds.base(wallpaper);
        boolean shaded = wallpaper.type() == WallpaperType.GRADIENT || wallpaper.type() == WallpaperType.BLUR;
        return readable(
                shaded ? Backgrounds.start(wallpaper).over(base, wallpaper.opacity()) : base,
                shaded ? Backgrounds.end(wallpaper).over(base, wallpaper.opacity()) : base,
                look.text().titleColor(),
                look.text().pageColor(),
                look.buttons().background(),
                look.buttons().text());
    }

    /// Replaces unreadable colours by black or white, because visitors can't adjust a preview card.
    private static CardStyle readable(
            HexColor top, HexColor bottom, HexColor title, HexColor soft, HexColor badge, HexColor initials) {
        return new CardStyle(
                top, bottom, on(title, top, bottom), on(soft, top, bottom), badge, on(initials, badge, badge));
    }

    private static HexColor on(HexColor text, HexColor top, HexColor bottom) {
        if (worst(text, top, bottom) >= HexColor.READABLE) {
            return text;
        }
        return worst(HexColor.BLACK, top, bottom) >= worst(HexColor.WHITE, top, bottom)
                ? HexColor.BLACK
                : HexColor.WHITE;
    }

    private static double worst(HexColor text, HexColor top, HexColor bottom) {
        return Math.min(top.contrast(text), bottom.contrast(text));
    }
}
