package dev.banyan.themes;

import module java.base;
import dev.banyan.themes.Appearance.Corners;
import dev.banyan.themes.Appearance.Hover;

/// The style of a named theme. Everything behind text is a plain colour in `wallpaper` or `ground`, so that a test can
/// check the contrast.
///
/// @param wallpaper a value of CSS `background`
/// @param soft of the bio and the footer
/// @param shadow a value of CSS `box-shadow`
/// @param hoverBackground of a hovered button, with its text
record ThemeStyle(
        HexColor ground,
        String wallpaper,
        HexColor title,
        HexColor ink,
        HexColor soft,
        HexColor button,
        HexColor buttonInk,
        Optional<HexColor> line,
        int lineWidth,
        Corners corners,
        String shadow,
        Hover hover,
        HexColor hoverBackground,
        HexColor hoverInk,
        Font titleFont,
        Font bodyFont) {

    private static final Map<Theme, ThemeStyle> ALL = Map.ofEntries(
            // Above the clouds on a clear morning: a paper plane, and white pills that float.
            Map.entry(
                    Theme.AIR,
                    new ThemeStyle(
                            color("#d9ecfd"),
                            Patterns.plane(color("#ffffff"), color("#cfe3f6"), color("#ffffff"))
                                    + " 96% 1.25rem/min(36vw,16rem) auto no-repeat,"
                                    + Patterns.clouds(color("#e9f4ff"), color("#ffffff"))
                                    + " 50% 100%/max(100%,50rem) 30vh no-repeat,"
                                    + "linear-gradient(#a5d1f8,#d9ecfd 55%,#f4f9ff)",
                            color("#10243a"),
                            color("#1c3450"),
                            color("#2c4560"),
                            color("#ffffff"),
                            color("#10243a"),
                            Optional.empty(),
                            0,
                            Corners.PILL,
                            "0 1px 2px rgba(24,66,110,.1),0 14px 30px -12px rgba(24,66,110,.45)",
                            Hover.LIFT,
                            color("#ffffff"),
                            color("#0b4f9c"),
                            Font.RALEWAY,
                            Font.INTER)),
            // Building bricks: full colours, black edges, shadows without blur.
            Map.entry(
                    Theme.BLOCKS,
                    new ThemeStyle(
                            color("#ffd23f"),
                            "linear-gradient(#ff9d73,#ff9d73) 0 0/34% 24vh no-repeat,"
                                    + "linear-gradient(#8fd3ff,#8fd3ff) 100% 18vh/30% 34vh no-repeat,"
                                    + "linear-gradient(#b9f18c,#b9f18c) 0 100%/46% 26vh no-repeat,#ffd23f",
                            color("#111111"),
                            color("#111111"),
                            color("#1d1d1d"),
                            color("#ffffff"),
                            color("#111111"),
                            Optional.of(color("#111111")),
                            3,
                            Corners.SQUARE,
                            "5px 5px 0 #111111",
                            Hover.FILL,
                            color("#111111"),
                            color("#ffffff"),
                            Font.SPACE_MONO,
                            Font.SPACE_MONO)),
            // Evening at deep water: two swells below, panes of wet glass.
            Map.entry(
                    Theme.LAKE,
                    new ThemeStyle(
                            color("#0a3340"),
                            Patterns.swells(color("#0d4652"), color("#072a35"))
                                    + " 0 100%/100% 38vh no-repeat,linear-gradient(#0b3c49,#11555f 62%,#0a3340)",
                            color("#f2fffd"),
                            color("#e3f5f3"),
                            color("#c3e2e0"),
                            color("#1a616c"),
                            color("#f2fffd"),
                            Optional.of(color("#5aa5ab")),
                            1,
                            Corners.ROUNDED,
                            "inset 0 1px 0 rgba(255,255,255,.14),0 12px 28px -14px rgba(0,0,0,.6)",
                            Hover.GLOW,
                            color("#1f6c77"),
                            color("#ffffff"),
                            Font.LATO,
                            Font.LATO)),
            // Layers of stone with a vein of amethyst; buttons are slabs that turn to slate.
            Map.entry(
                    Theme.MINERAL,
                    new ThemeStyle(
                            color("#f1ece3"),
                            Patterns.crystal(color("#eadff0"), color("#dccbe6"), color("#cdb8dc"))
                                    + " 100% 0/min(40vw,18rem) auto no-repeat,"
                                    + Patterns.strata(
                                            color("#e8d9c3"), color("#dfc3a8"), color("#c9c6c4"), color("#d9c7e4"))
                                    + " 0 100%/100% 42vh no-repeat,#f1ece3",
                            color("#26221c"),
                            color("#332e26"),
                            color("#423c33"),
                            color("#fdfbf7"),
                            color("#26221c"),
                            Optional.of(color("#4a443b")),
                            2,
                            Corners.SQUARE,
                            "6px 6px 0 rgba(74,68,59,.16)",
                            Hover.FILL,
                            color("#3a3540"),
                            color("#f7f3ff"),
                            Font.MONTSERRAT,
                            Font.DM_SANS)),
            // A cut stone: green rings, gold letters.
            Map.entry(
                    Theme.AGATE,
                    new ThemeStyle(
                            color("#0b2823"),
                            "repeating-radial-gradient(ellipse at 85% -12%,#0d2b26 0 14px,#103530 14px 26px,"
                                    + "#0a2420 26px 44px,#174a41 44px 47px)",
                            color("#f2dca6"),
                            color("#efe8d6"),
                            color("#d5d8c6"),
                            color("#f0d9a0"),
                            color("#10241f"),
                            Optional.empty(),
                            0,
                            Corners.ROUNDED,
                            "0 10px 24px -12px rgba(0,0,0,.7)",
                            Hover.LIFT,
                            color("#f8e9c4"),
                            color("#10241f"),
                            Font.PLAYFAIR,
                            Font.LATO)),
            // A night of stars with one warm cloud.
            Map.entry(
                    Theme.ASTRID,
                    new ThemeStyle(
                            color("#151033"),
                            "radial-gradient(#54498f 1px,transparent 1.6px) 0 0/58px 58px,"
                                    + "radial-gradient(#4a4085 1px,transparent 1.6px) 29px 37px/83px 83px,"
                                    + "radial-gradient(70% 40% at 80% 8%,#5a2168,transparent),"
                                    + "radial-gradient(80% 50% at 10% 92%,#263180,transparent),#151033",
                            color("#ffffff"),
                            color("#f1ecff"),
                            color("#dcd4f7"),
                            color("#3a2d7d"),
                            color("#ffffff"),
                            Optional.of(color("#8f7df0")),
                            1,
                            Corners.PILL,
                            "0 0 22px -6px rgba(143,125,240,.55)",
                            Hover.GLOW,
                            color("#4a3a99"),
                            color("#ffffff"),
                            Font.RALEWAY,
                            Font.RALEWAY)),
            // Light through coloured glass: four soft hues that run into one another.
            Map.entry(
                    Theme.AURA,
                    new ThemeStyle(
                            color("#fdf3fb"),
                            "radial-gradient(70% 50% at 12% 8%,#ffcfe3,transparent),"
                                    + "radial-gradient(70% 50% at 92% 22%,#d3ccff,transparent),"
                                    + "radial-gradient(90% 60% at 50% 104%,#ffe0b8,transparent),"
                                    + "radial-gradient(60% 40% at 4% 70%,#c9f0f2,transparent),#fdf3fb",
                            color("#3a2547"),
                            color("#43304f"),
                            color("#55405f"),
                            color("#fffbff"),
                            color("#3a2547"),
                            Optional.of(color("#f3d9ee")),
                            1,
                            Corners.PILL,
                            "0 12px 30px -16px rgba(120,60,140,.45)",
                            Hover.GLOW,
                            color("#ffffff"),
                            color("#7a2580"),
                            Font.POPPINS,
                            Font.POPPINS)),
            // A branch in blossom; buttons in berry red.
            Map.entry(
                    Theme.BLOOM,
                    new ThemeStyle(
                            color("#fff1ef"),
                            Patterns.branch(color("#e9c9bd"), color("#ffc9cf"), color("#ffd08a"))
                                    + " 100% 0/min(46vw,26rem) auto no-repeat,linear-gradient(#fff1ef,#ffdfe3)",
                            color("#5b1230"),
                            color("#63203c"),
                            color("#702c48"),
                            color("#a8204e"),
                            color("#ffffff"),
                            Optional.empty(),
                            0,
                            Corners.ROUNDED,
                            "0 8px 20px -10px rgba(168,32,78,.6)",
                            Hover.LIFT,
                            color("#8c1640"),
                            color("#ffffff"),
                            Font.MONTSERRAT,
                            Font.MONTSERRAT)),
            // Wind over the sea, with waves at the lower edge.
            Map.entry(
                    Theme.BREEZE,
                    new ThemeStyle(
                            color("#e6f6e4"),
                            Patterns.swells(color("#cdeee0"), color("#bfe6da"))
                                    + " 0 100%/100% 26vh no-repeat,linear-gradient(160deg,#d5f4ea,#e9f7dc 52%,#fff2cf)",
                            color("#0b3b37"),
                            color("#12443f"),
                            color("#24524d"),
                            color("#0f716a"),
                            color("#ffffff"),
                            Optional.empty(),
                            0,
                            Corners.PILL,
                            "0 8px 22px -12px rgba(15,118,110,.6)",
                            Hover.LIFT,
                            color("#0b5a54"),
                            color("#ffffff"),
                            Font.RALEWAY,
                            Font.LATO)),
            // A comb full of honey.
            Map.entry(
                    Theme.HONEYCOMB,
                    new ThemeStyle(
                            color("#ffc83d"),
                            Patterns.comb(color("#f6b722"), color("#ffd97a"))
                                    + " 100% 0/min(48vw,26rem) auto no-repeat,linear-gradient(#ffd76a,#ffc02e)",
                            color("#2e1c00"),
                            color("#3b2400"),
                            color("#472d04"),
                            color("#3b2400"),
                            color("#ffdf8a"),
                            Optional.empty(),
                            0,
                            Corners.ROUNDED,
                            "0 4px 0 #1f1300",
                            Hover.FILL,
                            color("#fff3d1"),
                            color("#3b2400"),
                            Font.OSWALD,
                            Font.DM_SANS)));

    private static HexColor color(String hex) {
        return HexColor.of(hex);
    }

    /// Returns the style; empty for the theme made of an appearance's fields.
    static Optional<ThemeStyle> of(Theme theme) {
        return Optional.ofNullable(ALL.get(theme));
    }
}
