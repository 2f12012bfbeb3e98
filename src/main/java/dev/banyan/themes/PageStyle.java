package dev.banyan.themes;

import module java.base;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Keyed;
import dev.banyan.themes.Appearance.ButtonType;
import dev.banyan.themes.Appearance.Buttons;
import dev.banyan.themes.Appearance.Corners;
import dev.banyan.themes.Appearance.Hover;
import dev.banyan.themes.Appearance.Shadow;
import dev.banyan.themes.Appearance.TitleSize;
import dev.banyan.themes.Appearance.TitleStyle;
import dev.banyan.themes.Appearance.Wallpaper;
import dev.banyan.themes.Appearance.WallpaperType;

/// The style of a page according to its appearance.
///
/// `css` must follow the page's own stylesheet in the same `<style>`. It consists of colours, numbers, enum values and
/// our own addresses only, never of user input. It sets the background of `html` and `body::before`, the `.wallpaper`
/// of a video, and these properties of `body`: `--bg`, `--ink`, `--title-ink`, `--soft` (bio, footer), `--name-ink`,
/// `--btn-bg`, `--btn-ink`, `--btn-line` (a colour), `--btn-width`, `--btn-blur` (a backdrop filter), `--radius`,
/// `--shadow`, `--hover-bg`, `--hover-ink`, `--hover-shadow`, `--hover-move` (a transform), `--title-font`,
/// `--body-font`, `--title-size`, `--title-weight`, `--focus`. For the theme Lagoon it has only what the page has of
/// its own, and follows the rules of the sky.
///
/// @param sky whether the page wears the theme Lagoon
/// @param scene whether its sky and hills are drawn
/// @param byDay whether the sky stays day in the visitor's dark mode
/// @param attributes of `<body>`, by name
/// @param avatar the path of the profile image, if there is one
/// @param logo the path of the logo shown instead of the title
/// @param video the path of the background video
/// @param fonts paths of the files to preload
public record PageStyle(
        String css,
        boolean sky,
        boolean scene,
        boolean byDay,
        Map<String, String> attributes,
        Optional<String> avatar,
        Optional<String> logo,
        Optional<String> video,
        Set<String> fonts) {

    private static final String DEFAULT_LOOK = "default";
    private static final String SOFT = "filter:blur(24px);inset:-2.5rem;";
    private static final String LARGE_TITLE = "clamp(2.25rem,11vw,3.25rem)";
    private static final String LIFTED = "translateY(-2px)";
    static final int TEXT_WEIGHT = 400;
    static final int TITLE_WEIGHT = 700;

    /// @param look as chosen
    /// @param tier of the account, which may lack features that were chosen
    /// @param tone of the account's sky, for the theme Lagoon
    public static PageStyle of(Appearance look, Tier tier, int tone) {
        Appearance shown = AppearanceTiers.shown(look, tier);
        Optional<ThemeStyle> theme = ThemeStyle.of(shown.worn());
        boolean sky = shown.worn() == Theme.LAGOON;
        boolean ownWallpaper = shown.worn() == Theme.CUSTOM || shown.drawnOver().contains(ThemeOverride.WALLPAPER);
        var fonts = new LinkedHashSet<String>();
        String css = theme.map(named -> css(named, shown.text().titleSize(), fonts))
                .orElseGet(() -> sky ? largeTitle(shown.text().titleSize()) : css(shown, fonts));
        Optional<String> logo = shown.header().titleStyle() == TitleStyle.LOGO
                ? shown.header().logo().filter(Picture::isHere).map(Picture::path)
                : Optional.empty();
        return new PageStyle(
                css + OverrideStyle.css(shown, tone, fonts),
                sky,
                sky && !ownWallpaper,
                shown.fixesColors(),
                attributes(shown, theme, logo.isPresent()),
                shown.profileImage().filter(Picture::isHere).map(Picture::path),
                logo,
                ownWallpaper && shown.wallpaper().type() == WallpaperType.VIDEO
                        ? shown.wallpaper().video().filter(Picture::isHere).map(Picture::path)
                        : Optional.empty(),
                Set.copyOf(fonts));
    }

    private static String largeTitle(TitleSize size) {
        return size == TitleSize.LARGE ? "body{--title-size:" + LARGE_TITLE + "}" : "";
    }

    private static Map<String, String> attributes(Appearance shown, Optional<ThemeStyle> theme, boolean logo) {
        Wallpaper wallpaper = shown.wallpaper();
        var attributes = new LinkedHashMap<String, String>();
        attributes.put(
                "data-theme",
                shown.worn() == Theme.LAGOON ? DEFAULT_LOOK : shown.theme().key());
        attributes.put(
                "data-buttons",
                theme.isPresent()
                        ? ButtonType.SOLID.key()
                        : shown.buttons().type().key());
        attributes.put(
                "data-corners",
                theme.map(ThemeStyle::corners).orElse(shown.buttons().corners()).key());
        attributes.put(
                "data-shadow",
                theme.isPresent() ? "theme" : shown.buttons().shadow().key());
        attributes.put(
                "data-hover",
                theme.map(ThemeStyle::hover).orElse(shown.buttons().hover()).key());
        attributes.put(
                "data-wallpaper", theme.isPresent() ? "theme" : wallpaper.type().key());
        attributes.put(
                "data-pattern",
                theme.isEmpty() && wallpaper.type() == WallpaperType.PATTERN
                        ? wallpaper.patternType().map(Keyed::key).orElse("none")
                        : "none");
        attributes.put("data-header", shown.header().profileLayout().key());
        attributes.put("data-title", logo ? TitleStyle.LOGO.key() : TitleStyle.TEXT.key());
        attributes.put("data-size", shown.text().titleSize().key());
        return Map.copyOf(attributes);
    }

    private static String css(ThemeStyle look, TitleSize size, Set<String> fonts) {
        var css = new StringBuilder();
        fonts(css, look.titleFont(), look.bodyFont(), fonts);
        css.append("html{color-scheme:")
                .append(look.ground().isDark() ? "dark" : "light")
                .append(";background:")
                .append(look.ground())
                .append("}body{background:none;");
        property(css, "bg", look.ground());
        property(css, "ink", look.ink());
        property(css, "title-ink", look.title());
        property(css, "soft", look.soft());
        property(css, "name-ink", look.soft());
        property(css, "btn-bg", look.button());
        property(css, "btn-ink", look.buttonInk());
        property(css, "btn-line", look.line().map(HexColor::toString).orElse("transparent"));
        property(css, "btn-width", look.lineWidth() + "px");
        property(css, "btn-blur", "none");
        property(css, "radius", radius(look.corners()));
        property(css, "shadow", look.shadow());
        property(css, "hover-bg", look.hoverBackground());
        property(css, "hover-ink", look.hoverInk());
        property(css, "hover-shadow", look.shadow());
        property(css, "hover-move", look.hover() == Hover.LIFT ? LIFTED : "none");
        property(css, "focus", look.title());
        letters(css, look.titleFont(), look.bodyFont(), size);
        return css.append('}').append(ground(look.wallpaper(), "", 1)).toString();
    }

    private static String css(Appearance look, Set<String> fonts) {
        var css = new StringBuilder();
        Appearance.Text text = look.text();
        fonts(css, text.titleFont(), text.bodyFont(), fonts);
        HexColor ground = Backgrounds.ground(look.wallpaper());
        css.append("html{color-scheme:")
                .append(ground.isDark() ? "dark" : "light")
                .append(";background:")
                .append(ground)
                .append("}body{background:none;");
        property(css, "bg", ground);
        property(css, "ink", text.pageColor());
        property(css, "title-ink", text.titleColor());
        property(css, "soft", text.pageColor().css(text.bioOpacity()));
        property(css, "name-ink", text.pageColor().css(text.nameOpacity()));
        buttons(css, look.buttons());
        property(css, "focus", text.titleColor());
        letters(css, text.titleFont(), text.bodyFont(), text.titleSize());
        css.append('}');
        return css.append(wallpaper(look.wallpaper())).toString();
    }

    private static void buttons(StringBuilder css, Buttons buttons) {
        HexColor line = line(buttons);
        String shadow = shadow(buttons.shadow(), line);
        paint(css, buttons);
        property(css, "radius", radius(buttons.corners()));
        property(css, "shadow", shadow);
        hover(css, buttons, background(buttons), buttons.text().toString());
        property(css, "hover-shadow", buttons.hover() == Hover.GLOW ? glow(line) : shadow);
    }

    static HexColor line(Buttons buttons) {
        return buttons.border().orElse(buttons.text());
    }

    static String background(Buttons buttons) {
        return switch (buttons.type()) {
            case SOLID -> buttons.background().toString();
            case GLASS -> buttons.background().css(Backgrounds.GLASS);
            case OUTLINE -> "transparent";
        };
    }

    static void paint(StringBuilder css, Buttons buttons) {
        boolean bordered =
                buttons.type() == ButtonType.OUTLINE || buttons.border().isPresent();
        property(css, "btn-bg", background(buttons));
        property(css, "btn-ink", buttons.text());
        property(css, "btn-line", bordered ? line(buttons).toString() : "transparent");
        property(css, "btn-width", buttons.type() == ButtonType.OUTLINE ? "2px" : bordered ? "1px" : "0");
        property(css, "btn-blur", buttons.type() == ButtonType.GLASS ? "blur(14px) saturate(1.3)" : "none");
    }

    /// Filled has the same two colours inverted, with the same contrast.
    static void hover(StringBuilder css, Buttons buttons, String background, String text) {
        boolean filled = buttons.hover() == Hover.FILL;
        property(css, "hover-bg", filled ? buttons.text().toString() : background);
        property(css, "hover-ink", filled ? Backgrounds.behindText(buttons).toString() : text);
        property(css, "hover-move", buttons.hover() == Hover.LIFT ? LIFTED : "none");
    }

    static String glow(HexColor line) {
        return "0 0 24px " + line.css(.55);
    }

    static String shadow(Shadow shadow, HexColor line) {
        return switch (shadow) {
            case NONE -> "none";
            case SUBTLE -> "0 1px 2px rgba(0,0,0,.08),0 6px 16px -6px rgba(0,0,0,.18)";
            case STRONG -> "0 10px 28px -6px rgba(0,0,0,.45)";
            case HARD -> "4px 4px 0 " + line;
        };
    }

    static String radius(Corners corners) {
        return switch (corners) {
            case SQUARE -> "0";
            case ROUNDED -> ".875rem";
            case PILL -> "2rem"; // a title of three lines still fits
        };
    }

    private static void letters(StringBuilder css, Font title, Font body, TitleSize size) {
        property(css, "title-font", title.stack());
        property(css, "body-font", body.stack());
        property(css, "title-size", size == TitleSize.LARGE ? LARGE_TITLE : "clamp(1.5rem,7vw,2rem)");
        property(css, "title-weight", TITLE_WEIGHT);
    }

    private static void fonts(StringBuilder css, Font title, Font body, Set<String> paths) {
        face(css, body, TEXT_WEIGHT, paths);
        face(css, title, TITLE_WEIGHT, paths);
    }

    static void face(StringBuilder css, Font font, int weight, Set<String> paths) {
        String path = FontFiles.path(font, weight);
        paths.add(path);
        css.append("@font-face{font-family:'")
                .append(font.family)
                .append("';font-weight:")
                // Text of slightly more than normal weight uses the bold file, never a synthetic bold.
                .append(weight == TITLE_WEIGHT ? "500 900" : "100 499")
                .append(";font-display:swap;src:url(")
                .append(path)
                .append(") format('woff2')}");
    }

    static String wallpaper(Wallpaper wallpaper) {
        String filter = wallpaper.blur() > 0 ? "filter:blur(" + wallpaper.blur() * 2 / 5 + "px);inset:-2.5rem;" : "";
        double opacity = wallpaper.opacity();
        return switch (wallpaper.type()) {
            case FILL -> "";
            case GRADIENT -> ground(gradient(wallpaper), "", opacity);
            case BLUR ->
                picture(wallpaper)
                        .map(picture -> ground(picture, filter.isEmpty() ? SOFT : filter, opacity))
                        .orElseGet(() -> ground(clouds(wallpaper), "filter:blur(40px);inset:-6rem;", opacity));
            case PATTERN ->
                wallpaper
                        .patternType()
                        .map(pattern -> ground(Patterns.of(pattern, Backgrounds.pattern(wallpaper)), filter, opacity))
                        .orElse("");
            case IMAGE ->
                picture(wallpaper)
                        .map(picture -> ground(picture, filter, opacity))
                        .orElse("");
            case VIDEO ->
                ".wallpaper{position:fixed;inset:0;width:100%;height:100%;object-fit:cover;z-index:-1;"
                        + filter.replace("inset:-2.5rem;", "transform:scale(1.1);") + "opacity:" + number(opacity)
                        + "}@media(prefers-reduced-motion:reduce){.wallpaper{display:none}}";
        };
    }

    private static Optional<String> picture(Wallpaper wallpaper) {
        return wallpaper
                .image()
                .filter(Picture::isHere)
                .map(media -> "url(" + media.path() + ") center/cover no-repeat");
    }

    private static String gradient(Wallpaper wallpaper) {
        return "linear-gradient(" + wallpaper.gradientDirection() + "deg," + Backgrounds.start(wallpaper) + ","
                + Backgrounds.end(wallpaper) + ")";
    }

    private static String clouds(Wallpaper wallpaper) {
        return "radial-gradient(60% 50% at 20% 15%," + Backgrounds.start(wallpaper) + ",transparent),"
                + "radial-gradient(70% 60% at 85% 80%," + Backgrounds.end(wallpaper) + ",transparent)";
    }

    private static String ground(String background, String more, double opacity) {
        return "body::before{content:\"\";position:fixed;inset:0;z-index:-1;background:" + background + ";" + more
                + (opacity < 1 ? "opacity:" + number(opacity) : "") + "}";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static void property(StringBuilder css, String name, Object value) {
        css.append("--").append(name).append(':').append(value).append(';');
    }
}
