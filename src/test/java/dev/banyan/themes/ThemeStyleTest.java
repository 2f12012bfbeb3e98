package dev.banyan.themes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.Tier;
import org.junit.jupiter.api.Test;

class ThemeStyleTest {

    private static final Pattern COLOR = Pattern.compile("(?:#|%23)([0-9a-f]{6})");
    private static final int BETWEEN = 10;

    @Test
    void everyNameButCustomHasALook() {
        for (Theme theme : Theme.values()) {
            boolean named = theme != Theme.CUSTOM && theme != Theme.LAGOON; // which is drawn as a sky
            assertThat(ThemeStyle.of(theme).isPresent()).as(theme.key()).isEqualTo(named);
        }
    }

    /// Includes the intermediate colours of gradients in a wallpaper.
    @Test
    void allTextOfEachThemeIsReadableOnAllThatItMayStandOn() {
        var low = new HashMap<String, Double>();
        for (Theme theme : Theme.values()) {
            ThemeStyle.of(theme).ifPresent(look -> {
                Map<String, HexColor> texts = Map.of("title", look.title(), "ink", look.ink(), "soft", look.soft());
                for (HexColor ground : grounds(look)) {
                    texts.forEach((name, text) -> note(low, theme + " " + name + " on " + ground, text, ground));
                }
                note(low, theme + " button", look.buttonInk(), look.button());
                note(low, theme + " button under the pointer", look.hoverInk(), look.hoverBackground());
            });
        }
        assertThat(low).isEmpty();
    }

    private static void note(Map<String, Double> low, String where, HexColor text, HexColor ground) {
        if (text.contrast(ground) < HexColor.READABLE) {
            low.put(where, text.contrast(ground));
        }
    }

    private static List<HexColor> grounds(ThemeStyle look) {
        var colors = new TreeSet<Integer>();
        colors.add(look.ground().rgb());
        COLOR.matcher(look.wallpaper()).results().forEach(found -> colors.add(Integer.parseInt(found.group(1), 16)));
        return colors.stream()
                .flatMap(one -> colors.stream()
                        .flatMap(other -> java.util.stream.IntStream.rangeClosed(0, BETWEEN)
                                .mapToObj(
                                        part -> new HexColor(one).over(new HexColor(other), part / (double) BETWEEN))))
                .distinct()
                .toList();
    }

    @Test
    void aThemeCostsAPageLittle() {
        for (Theme theme : Theme.values()) {
            String css = PageStyle.of(Appearance.DEFAULT.withTheme(theme), Tier.PRO, 2)
                    .css();
            assertThat(css.length()).as(theme.key()).isLessThan(3_500);
        }
    }

    @Test
    void noThemeLooksLikeAnother() {
        var all = new TreeSet<String>();
        for (Theme theme : Theme.values()) {
            all.add(PageStyle.of(Appearance.DEFAULT.withTheme(theme), Tier.PRO, 2)
                    .css());
        }
        // Without a colour of its own, a custom page wears Lagoon.
        assertThat(all).hasSize(Theme.values().length - 1);
    }
}
