package dev.banyan.themes;

import module java.base;
import dev.banyan.themes.Appearance.ButtonType;
import dev.banyan.themes.Appearance.Buttons;
import dev.banyan.themes.Appearance.Hover;
import dev.banyan.themes.Appearance.Text;

/// The rules for what a page has of its own on top of its theme. Each field changes only what it names, so a rule that
/// another property of the theme follows is written out here with the theme's value.
final class OverrideStyle {

    private static final String SYSTEM_FONT = "system-ui,-apple-system,sans-serif";
    private static final Set<ThemeOverride> PAINT = Set.of(
            ThemeOverride.BUTTON_TYPE, ThemeOverride.BUTTON_COLOR, ThemeOverride.BUTTON_TEXT, ThemeOverride.BORDER);

    private final Set<ThemeOverride> own;
    private final Appearance drawn;
    private final boolean sky;
    private final StringBuilder body = new StringBuilder();
    private final StringBuilder more = new StringBuilder();

    private OverrideStyle(Appearance look, int tone) {
        this.own = look.drawnOver();
        this.drawn = RenderedTheme.of(look, tone);
        this.sky = look.worn() == Theme.LAGOON;
    }

    /// @param fonts receives the paths of further files
    /// @return empty if the page wears its theme as it is
    static String css(Appearance look, int tone, Set<String> fonts) {
        return look.drawnOver().isEmpty() ? "" : new OverrideStyle(look, tone).css(fonts);
    }

    private String css(Set<String> fonts) {
        var css = new StringBuilder();
        fonts(css, fonts);
        colors();
        buttons();
        wallpaper();
        if (!body.isEmpty()) {
            css.append("body{").append(body).append('}');
        }
        return css.append(more).toString();
    }

    private void fonts(StringBuilder css, Set<String> paths) {
        Text text = drawn.text();
        if (own.contains(ThemeOverride.BODY_FONT)) {
            PageStyle.face(css, text.bodyFont(), PageStyle.TEXT_WEIGHT, paths);
            PageStyle.face(css, text.bodyFont(), PageStyle.TITLE_WEIGHT, paths);
            PageStyle.property(body, "body-font", text.bodyFont().stack());
        }
        if (own.contains(ThemeOverride.TITLE_FONT)) {
            PageStyle.face(css, text.titleFont(), PageStyle.TITLE_WEIGHT, paths);
            PageStyle.property(body, "title-font", text.titleFont().stack());
        } else if (sky && own.contains(ThemeOverride.BODY_FONT)) {
            PageStyle.property(body, "title-font", SYSTEM_FONT);
        }
    }

    private void colors() {
        Text text = drawn.text();
        boolean followsText = sky && own.contains(ThemeOverride.TEXT_COLOR);
        if (own.contains(ThemeOverride.TITLE_COLOR) || followsText) {
            PageStyle.property(body, "title-ink", text.titleColor());
        }
        if (own.contains(ThemeOverride.TEXT_COLOR)) {
            PageStyle.property(body, "ink", text.pageColor());
            PageStyle.property(body, "soft", text.pageColor().css(text.bioOpacity()));
            PageStyle.property(body, "name-ink", text.pageColor().css(text.nameOpacity()));
        }
    }

    private void buttons() {
        Buttons buttons = drawn.buttons();
        boolean painted = !Collections.disjoint(own, PAINT);
        boolean plainOutline = sky && buttons.type() == ButtonType.OUTLINE && !drawn.fixesColors();
        if (plainOutline) {
            body.append("--btn-bg:transparent;--btn-line:var(--ink);--btn-width:2px;--shadow:none;");
        } else if (painted) {
            PageStyle.paint(body, buttons);
            PageStyle.property(body, "btn-soft", "currentColor");
        } else if (sky && own.contains(ThemeOverride.TEXT_COLOR)) {
            PageStyle.property(body, "btn-ink", buttons.text());
            PageStyle.property(body, "btn-soft", buttons.text());
        }
        if (own.contains(ThemeOverride.CORNERS)) {
            PageStyle.property(body, "radius", PageStyle.radius(buttons.corners()));
        }
        if (own.contains(ThemeOverride.SHADOW)) {
            String shadow = PageStyle.shadow(buttons.shadow(), PageStyle.line(buttons));
            PageStyle.property(body, "shadow", shadow);
            if (buttons.hover() != Hover.GLOW) {
                PageStyle.property(body, "hover-shadow", shadow);
            }
        }
        hover(buttons, painted);
    }

    private void hover(Buttons buttons, boolean painted) {
        boolean chosen = own.contains(ThemeOverride.HOVER);
        if (!chosen && !painted) {
            return;
        }
        PageStyle.hover(body, buttons, "var(--btn-bg)", "var(--btn-ink)");
        if (chosen) {
            String still = own.contains(ThemeOverride.SHADOW)
                    ? PageStyle.shadow(buttons.shadow(), PageStyle.line(buttons))
                    : "var(--shadow)";
            PageStyle.property(
                    body,
                    "hover-shadow",
                    buttons.hover() == Hover.GLOW ? PageStyle.glow(PageStyle.line(buttons)) : still);
        }
        if (sky) {
            more.append(".link:hover{border-color:var(--btn-line);transform:var(--hover-move)}");
        }
    }

    private void wallpaper() {
        if (sky && drawn.fixesColors() && !own.contains(ThemeOverride.WALLPAPER)) {
            more.append("html{color-scheme:light}");
        }
        if (own.contains(ThemeOverride.WALLPAPER)) {
            HexColor ground = Backgrounds.ground(drawn.wallpaper());
            PageStyle.property(body, "bg", ground);
            body.append("background:none;");
            more.append("html{color-scheme:")
                    .append(ground.isDark() ? "dark" : "light")
                    .append(";background:")
                    .append(ground)
                    .append('}');
            if (sky) {
                // Without its scene, the page begins where pages of other themes begin.
                more.append("main{padding-top:3.5rem}.avatar{border:0}");
            }
            String drawing = PageStyle.wallpaper(drawn.wallpaper());
            // A plain colour has no drawing, so the theme's own has to go.
            more.append(drawing.isEmpty() ? "body::before{content:none}" : drawing);
        }
    }
}
