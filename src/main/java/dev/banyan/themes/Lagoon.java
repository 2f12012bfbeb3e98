package dev.banyan.themes;

import module java.base;
import dev.banyan.platform.PackedFile;
import dev.banyan.themes.Appearance.Corners;
import dev.banyan.themes.Appearance.Hover;

/// The theme that a page wears until another one is chosen: a sky with hills in one of seven tones, by day and by
/// night. An account's tone follows from its username.
public final class Lagoon {

    private static final List<String> TONES = PackedFile.text(Lagoon.class, "lagoon-tones.css")
            .lines()
            .filter(line -> line.startsWith(".t"))
            .toList();
    private static final int SKIES = TONES.size() / 2;
    private static final Pattern COLOR = Pattern.compile("--([a-z]+):(#[0-9a-f]{6})");

    private Lagoon() {}

    /// Returns the rules that set the colours of a tone on the body.
    ///
    /// @param byDay whether it stays day in the visitor's dark mode
    public static String css(int tone, boolean byDay) {
        String day = onBody(TONES.get(tone)) + "\n";
        return byDay ? day : day + "@media(prefers-color-scheme:dark){" + onBody(TONES.get(SKIES + tone)) + "}\n";
    }

    /// Returns the colours by day, by their names in the stylesheet.
    public static Map<String, HexColor> colors(int tone) {
        var colors = new TreeMap<String, HexColor>();
        COLOR.matcher(TONES.get(tone))
                .results()
                .forEach(found -> colors.put(found.group(1), HexColor.of(found.group(2))));
        return Map.copyOf(colors);
    }

    /// Returns the style by day as far as a named theme's style can say it.
    static ThemeStyle style(int tone) {
        Map<String, HexColor> colors = colors(tone);
        HexColor ground = colors.getOrDefault("g", HexColor.WHITE);
        HexColor ink = colors.getOrDefault("ink", HexColor.BLACK);
        HexColor card = colors.getOrDefault("card", HexColor.WHITE);
        return new ThemeStyle(
                ground,
                ground.toString(),
                ink,
                ink,
                colors.getOrDefault("soft", ink),
                card,
                ink,
                Optional.ofNullable(colors.get("line")),
                1,
                Corners.ROUNDED,
                "var(--shadow)",
                Hover.LIFT,
                card,
                ink,
                Font.INTER,
                Font.INTER);
    }

    private static String onBody(String tone) {
        return "body" + tone.substring(tone.indexOf('{'));
    }
}
