package dev.banyan.pages.visitor;

import dev.banyan.accounts.Tier;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.PageStyle;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// How one page is dressed: its one stylesheet, made of our own rules and checked values, and pictures that we serve.
///
/// @param attributes of the body: `data-` names and our own words
/// @param plain whether it is the look of a page whose owner chose none
/// @param picture the account's, where it has one
/// @param film behind the page
record PageLook(
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
    private static final List<String> TONES = load("public-page-tones.css")
            .lines()
            .filter(line -> line.startsWith(".t"))
            .toList();
    private static final Pattern COLOR = Pattern.compile("--([a-z]+):(#[0-9a-f]{6})");
    private static final int SKIES = TONES.size() / 2;

    /// Nobody's: for pages that are not there.
    static final PageLook NOBODY =
            new PageLook(plainStyle(0), List.of(), true, Optional.empty(), Optional.empty(), Optional.empty());

    /// @param appearance as it was chosen
    /// @param tier which may have less than was chosen
    static PageLook of(Avatar avatar, Appearance appearance, Tier tier) {
        PageStyle chosen = PageStyle.of(appearance, tier);
        boolean plain = chosen.css().isEmpty();
        return new PageLook(
                plain ? plainStyle(avatar.tone()) : STRUCTURE + chosen.css(),
                new TreeMap<>(chosen.attributes())
                        .entrySet().stream()
                                .map(entry -> new Attribute(entry.getKey(), entry.getValue()))
                                .toList(),
                plain,
                chosen.avatar(),
                chosen.logo(),
                chosen.video());
    }

    private static String plainStyle(int tone) {
        String sky = onBody(TONES.get(tone)) + "\n@media(prefers-color-scheme:dark){" + onBody(TONES.get(SKIES + tone))
                + "}\n";
        return STRUCTURE + sky + PLAIN;
    }

    /// The colours of a sky by day, by their names in the stylesheet.
    static Map<String, Color> sky(int tone) {
        var colors = new TreeMap<String, Color>();
        COLOR.matcher(TONES.get(tone))
                .results()
                .forEach(found -> colors.put(found.group(1), Color.decode(found.group(2))));
        return colors;
    }

    private static String onBody(String tone) {
        return "body" + tone.substring(tone.indexOf('{'));
    }

    /// The part of the style that a page has a use for; the look's own rules stay as they are.
    ///
    /// @param html from its body on
    String styleFor(String html) {
        return RULES.neededBy(html) + style.substring(STRUCTURE.length());
    }

    /// For the form before a locked link, which shows neither picture nor film.
    PageLook beforeLock() {
        return new PageLook(style + LOCK, attributes, plain, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String load(String name) {
        try (var bytes = PageLook.class.getResourceAsStream(name)) {
            if (bytes == null) {
                throw new IllegalStateException("The build lacks " + name);
            }
            String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("(?s)/\\*.*?\\*/\n?", ""); // said to us, not to visitors
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
