package dev.banyan.pages.looks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.accounts.Tier;
import dev.banyan.pages.looks.AppearancePage.Field;
import dev.banyan.pages.looks.AppearancePage.Section;
import dev.banyan.pages.looks.AppearancePage.ThemeCard;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.AppearanceTiers;
import dev.banyan.themes.Font;
import dev.banyan.themes.Theme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The fields of the appearance page with their values, from the API document or as typed.
final class AppearanceFields {

    private static final List<Choice> TITLE_STYLES =
            List.of(new Choice("text", "Text"), new Choice("logo", "Logo (Pro)"));
    private static final List<Choice> LAYOUTS =
            List.of(new Choice("classic", "Round picture"), new Choice("hero", "Wide picture (Pro)"));
    private static final List<Choice> SIZES = List.of(new Choice("small", "Small"), new Choice("large", "Large (Pro)"));
    private static final List<Choice> WALLPAPERS = List.of(
            new Choice("fill", "One colour"),
            new Choice("gradient", "Gradient"),
            new Choice("blur", "Soft blur"),
            new Choice("pattern", "Pattern"),
            new Choice("image", "Image (Premium)"),
            new Choice("video", "Video (Premium)"));
    private static final List<Choice> PATTERNS = List.of(
            new Choice("", "None"),
            new Choice("grid", "Grid"),
            new Choice("dots", "Dots"),
            new Choice("lines", "Lines"),
            new Choice("waves", "Waves"),
            new Choice("geometric", "Geometric"),
            new Choice("honey", "Honeycomb"));
    private static final List<Choice> BUTTONS =
            List.of(new Choice("solid", "Solid"), new Choice("glass", "Glass"), new Choice("outline", "Outline"));
    private static final List<Choice> CORNERS =
            List.of(new Choice("square", "Square"), new Choice("rounded", "Rounded"), new Choice("pill", "Pill"));
    private static final List<Choice> SHADOWS = List.of(
            new Choice("none", "None"),
            new Choice("subtle", "Subtle"),
            new Choice("strong", "Strong"),
            new Choice("hard", "Hard"));
    private static final List<Choice> HOVERS = List.of(
            new Choice("none", "Nothing"),
            new Choice("lift", "Lift"),
            new Choice("glow", "Glow"),
            new Choice("fill", "Fill"));
    private static final List<Choice> FONTS = Arrays.stream(Font.values())
            .map(font -> new Choice(font.key(), font.family()))
            .toList();

    private final JsonNode document;
    private final List<Field> fields = new ArrayList<>();

    private AppearanceFields(JsonNode document) {
        this.document = document;
    }

    /// @param document the JSON tree of the contract
    static List<Section> of(JsonNode document) {
        return List.of(
                new AppearanceFields(document)
                        .text("displayName", "header.displayName", "Name", "Empty: the name of the account.")
                        .lines("bio", "header.bio", "Bio", "Empty: the bio of the account.")
                        .select("profileLayout", "header.profileImageLayout", "Profile picture", LAYOUTS)
                        .select("titleStyle", "header.titleStyle", "Title", TITLE_STYLES)
                        .section("header", "Header", ""),
                new AppearanceFields(document)
                        .select("wallpaperType", "wallpaper.type", "Kind", WALLPAPERS)
                        .color("groundColor", "wallpaper.color", "Colour")
                        .hex("gradientStart", "wallpaper.gradientStart", "Gradient from")
                        .hex("gradientEnd", "wallpaper.gradientEnd", "Gradient to")
                        .number(
                                "gradientDirection",
                                "wallpaper.gradientDirection",
                                "Direction",
                                "Degrees, 0 to 360.",
                                1)
                        .select("patternType", "wallpaper.patternType", "Pattern", PATTERNS)
                        .hex("patternColor", "wallpaper.patternColor", "Colour of the pattern")
                        .number("blur", "wallpaper.blur", "Blur", "0 to 100.", 1)
                        .number("opacity", "wallpaper.opacity", "Opacity", "Percent, 0 to 100.", 100)
                        .section("wallpaper", "Wallpaper", "Drawn where the theme is Custom."),
                new AppearanceFields(document)
                        .select("buttonType", "buttons.type", "Kind", BUTTONS)
                        .select("corners", "buttons.cornerRadius", "Corners", CORNERS)
                        .select("shadow", "buttons.shadow", "Shadow", SHADOWS)
                        .select("hoverEffect", "buttons.hoverEffect", "Under the pointer", HOVERS)
                        .color("buttonColor", "buttons.backgroundColor", "Colour")
                        .color("buttonText", "buttons.textColor", "Text")
                        .hex("borderColor", "buttons.borderColor", "Border")
                        .section("buttons", "Buttons", "Drawn where the theme is Custom."),
                new AppearanceFields(document)
                        .select("titleFont", "text.titleFont", "Font of the title", FONTS)
                        .select("bodyFont", "text.bodyFont", "Font of the text", FONTS)
                        .color("titleColor", "text.titleColor", "Colour of the title")
                        .color("pageColor", "text.pageTextColor", "Colour of the text")
                        .select("titleSize", "text.titleSize", "Size of the title", SIZES)
                        .section("text", "Text", "Fonts and colours are drawn where the theme is Custom."),
                new AppearanceFields(document)
                        .check("hideFooter", "hideFooter", "Hide “Made with Banyan” (Pro)")
                        .section("footer", "Footer", ""));
    }

    static List<ThemeCard> themes(String chosen, Tier tier) {
        return Arrays.stream(Theme.values())
                .map(theme -> new ThemeCard(
                        theme.key(),
                        theme.label(),
                        theme == Theme.CUSTOM ? "Your own colours and fonts, below" : "",
                        theme.key().equals(chosen),
                        AppearanceTiers.beyond(themed(theme), tier).stream()
                                .findFirst()
                                .map(need -> need.tier().label())
                                .orElse("")))
                .toList();
    }

    private static Appearance themed(Theme theme) {
        return Appearance.DEFAULT.withTheme(theme);
    }

    private Section section(String id, String title, String text) {
        return new Section(id, title, text, List.copyOf(fields));
    }

    private JsonNode at(String field) {
        return document.at("/" + field.replace('.', '/'));
    }

    private String value(String field) {
        JsonNode value = at(field);
        return value.isNull() ? "" : value.asText("");
    }

    private AppearanceFields add(
            String kind, String name, String field, String label, String value, String help, List<Choice> choices) {
        fields.add(new Field(kind, name, field, label, value, help, choices));
        return this;
    }

    private AppearanceFields text(String name, String field, String label, String help) {
        return add("text", name, field, label, value(field), help, List.of());
    }

    private AppearanceFields lines(String name, String field, String label, String help) {
        return add("lines", name, field, label, value(field), help, List.of());
    }

    private AppearanceFields select(String name, String field, String label, List<Choice> choices) {
        return add("select", name, field, label, value(field), "", choices);
    }

    private AppearanceFields color(String name, String field, String label) {
        return add("color", name, field, label, value(field), "", List.of());
    }

    private AppearanceFields hex(String name, String field, String label) {
        return add("hex", name, field, label, value(field), "Such as #0b5d4e. Empty: none.", List.of());
    }

    private AppearanceFields check(String name, String field, String label) {
        return add("check", name, field, label, value(field), "", List.of());
    }

    private AppearanceFields number(String name, String field, String label, String help, int times) {
        JsonNode value = at(field);
        String shown = value.isNumber() ? Long.toString(Math.round(value.asDouble() * times)) : value.asText("");
        return add("number", name, field, label, shown, help, List.of());
    }
}
