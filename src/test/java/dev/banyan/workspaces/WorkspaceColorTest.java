package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.workspaces.WorkspaceColor.Shade;
import dev.banyan.workspaces.administration.WorkspaceTheme;
import org.junit.jupiter.api.Test;

/// With any chosen colour, everything stays readable.
class WorkspaceColorTest {

    private static final WorkspaceColor WHITE = new WorkspaceColor(0xFFFFFF);
    private static final WorkspaceColor BLACK = new WorkspaceColor(0);
    private static final Pattern LINE = Pattern.compile("--([a-z-]+): light-dark\\((.+), (.+)\\);");
    private static final Pattern OKLCH = Pattern.compile("oklch\\(([0-9.]+) ([0-9.]+) ([0-9.]+)\\)");

    @Test
    void coloursAreReadAsPeopleWriteThem() {
        assertThat(WorkspaceColor.parse("#0B5D4E")).contains(new WorkspaceColor(0x0B5D4E));
        assertThat(WorkspaceColor.parse(" 0b5d4e ")).contains(new WorkspaceColor(0x0B5D4E));
        assertThat(WorkspaceColor.parse("#0ba")).contains(new WorkspaceColor(0x00BBAA));
        for (String wrong : List.of("", "#", "green", "#12345", "#1234567", "#gggggg", "0x0b5d4e", "#0b5d4e;}")) {
            assertThat(WorkspaceColor.parse(wrong)).as(wrong).isEmpty();
        }
        assertThat(new WorkspaceColor(0x0B5D4E).hex()).isEqualTo("#0b5d4e");
    }

    /// The values of WCAG's own definition.
    @Test
    void contrastIsWcags() {
        assertThat(WHITE.contrast(BLACK)).isEqualTo(21);
        assertThat(new WorkspaceColor(0x767676).carriesText()).isTrue();
        assertThat(new WorkspaceColor(0x777777).carriesText()).isFalse();
        assertThat(new WorkspaceColor(0x777777).contrastText()).isEqualTo("4.4");
    }

    @Test
    void theSuggestionCarriesTextAndIsNear() {
        for (WorkspaceColor color : colors()) {
            WorkspaceColor readable = color.readable();
            assertThat(readable.carriesText()).as(color.hex()).isTrue();
            if (color.carriesText()) {
                assertThat(readable).isEqualTo(color);
            } else {
                assertThat(readable.contrast(WHITE)).as(color.hex()).isLessThan(4.9);
            }
        }
        assertThat(new WorkspaceColor(0xFFD400).readable().shade().hue())
                .isCloseTo(new WorkspaceColor(0xFFD400).shade().hue(), org.assertj.core.data.Offset.offset(12.0));
    }

    @Test
    void aShadeIsTheColourAgain() {
        for (WorkspaceColor color : colors()) {
            assertThat(color.shade().color()).isEqualTo(color);
        }
    }

    /// Buttons with white text, links on every background, in light and dark mode.
    @Test
    void everyThemeCanBeRead() {
        for (WorkspaceColor color : colors()) {
            String style = WorkspaceTheme.of(Optional.of(color.readable()));
            assertThat(style).as(color.hex()).startsWith(":root {").doesNotContain("NaN", "url", "\\");
            for (int side = 2; side <= 3; side++) {
                String as = color.hex() + (side == 2 ? " by day" : " by night");
                assertThat(token(style, "accent", side).contrast(WHITE)).as(as).isGreaterThanOrEqualTo(4.5);
                assertThat(token(style, "accent-hi", side).contrast(WHITE))
                        .as(as)
                        .isGreaterThanOrEqualTo(4.5);
                assertThat(token(style, "accent-text", side).contrast(token(style, "accent-soft", side)))
                        .as(as)
                        .isGreaterThanOrEqualTo(4.45);
                assertThat(token(style, "focus", side).contrast(side == 2 ? WHITE : new WorkspaceColor(0x1C1C1C)))
                        .as(as)
                        .isGreaterThanOrEqualTo(3);
            }
        }
    }

    private static WorkspaceColor token(String style, String name, int side) {
        Matcher line = LINE.matcher(style);
        while (line.find()) {
            if (line.group(1).equals(name)) {
                String value = line.group(side);
                Matcher shade = OKLCH.matcher(value);
                return shade.matches()
                        ? new Shade(number(shade, 1), number(shade, 2), number(shade, 3)).color()
                        : WorkspaceColor.parse(value).orElseThrow();
            }
        }
        throw new AssertionError(name + " is not in " + style);
    }

    private static double number(Matcher matcher, int group) {
        return Double.parseDouble(matcher.group(group));
    }

    private static List<WorkspaceColor> colors() {
        var random = new Random(7);
        var colors = new ArrayList<>(List.of(
                WHITE,
                BLACK,
                new WorkspaceColor(0xFF0000),
                new WorkspaceColor(0x00FF00),
                new WorkspaceColor(0x0000FF)));
        for (int i = 0; i < 300; i++) {
            colors.add(new WorkspaceColor(random.nextInt(0x1000000)));
        }
        return colors;
    }
}
