package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.PackedFile;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.Lagoon;
import dev.banyan.themes.PageStyle;
import java.awt.Color;

/// The look of one page: its stylesheet, made of our own rules and validated values, and pictures served by us.
///
/// @param attributes of the body: `data-` names with values defined by us
/// @param plain whether the sky and hills of the theme Lagoon are drawn
/// @param picture of the account, if it has one
/// @param film background video
record PageStyles(
        String style,
        List<Attribute> attributes,
        boolean plain,
        Optional<String> picture,
        Optional<String> logo,
        Optional<String> film) {

    record Attribute(String key, String value) {}

    private static final String STRUCTURE = load("public-page.css");
    private static final StyleSheet RULES = new StyleSheet(STRUCTURE);
    private static final String PLAIN = load("public-page-plain.css");
    private static final String LOCK = load("public-page-lock.css");
    /// The look of pages that don't exist.
    static final PageStyles NOBODY =
            new PageStyles(plainStyle(0, false), List.of(), true, Optional.empty(), Optional.empty(), Optional.empty());

    /// @param appearance as chosen by the owner
    /// @param tier may lack features that were chosen
    static PageStyles of(Avatar avatar, Appearance appearance, Tier tier) {
        PageStyle chosen = PageStyle.of(appearance, tier, avatar.tone());
        return new PageStyles(
                (chosen.sky() ? plainStyle(avatar.tone(), chosen.byDay()) : STRUCTURE) + chosen.css(),
                new TreeMap<>(chosen.attributes())
                        .entrySet().stream()
                                .map(entry -> new Attribute(entry.getKey(), entry.getValue()))
                                .toList(),
                chosen.scene(),
                chosen.avatar(),
                chosen.logo(),
                chosen.video());
    }

    private static String plainStyle(int tone, boolean byDay) {
        return STRUCTURE + Lagoon.css(tone, byDay) + PLAIN;
    }

    /// Returns the colours of a sky by day, by their names in the stylesheet.
    static Map<String, Color> sky(int tone) {
        return Lagoon.colors(tone).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> new Color(entry.getValue().rgb())));
    }

    /// Returns the rules that the page uses; the rules of the look itself are always included.
    ///
    /// @param html from the body on
    String styleFor(String html) {
        return RULES.neededBy(html) + style.substring(STRUCTURE.length());
    }

    /// Returns the look of the form of a locked link, without picture and video.
    PageStyles beforeLock() {
        return new PageStyles(style + LOCK, attributes, plain, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String load(String name) {
        // Comments are not for visitors.
        return PackedFile.text(PageStyles.class, name).replaceAll("(?s)/\\*.*?\\*/\n?", "");
    }
}
