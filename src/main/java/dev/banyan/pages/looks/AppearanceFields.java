package dev.banyan.pages.looks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.Tier;
import dev.banyan.pages.looks.AppearancePage.Field;
import dev.banyan.pages.looks.AppearancePage.Section;
import dev.banyan.pages.looks.AppearancePage.ThemeCard;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.AppearanceTiers;
import dev.banyan.themes.Font;
import dev.banyan.themes.HexColor;
import dev.banyan.themes.Theme;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The fields of the appearance page. Their values are drawn from the document of the API, and a posted form becomes
/// the same document, so the same rules apply.
final class AppearanceFields {

    private static final List<Choice> TITLE_STYLES =
            List.of(new Choice("text", "Text"), new Choice("logo", "Logo (Pro)"));
    private static final List<Choice> LAYOUTS =
            List.of(new Choice("classic", "Round picture"), new Choice("hero", "Hero picture (Pro)"));
    private static final List<Choice> SIZES = List.of(new Choice("small", "Small"), new Choice("large", "Large (Pro)"));
    private static final List<Choice> WALLPAPERS = List.of(
            new Choice("fill", "Solid color"),
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
            new Choice("none", "None"),
            new Choice("lift", "Lift"),
            new Choice("glow", "Glow"),
            new Choice("fill", "Fill"));
    private static final List<Choice> FONTS = Arrays.stream(Font.values())
            .map(font -> new Choice(font.key(), font.family()))
            .toList();

    /// A field of the form.
    ///
    /// @param field its path in the document
    /// @param orNull whether an empty text clears it; otherwise it stays
    /// @param times the form's value for 1
    private record Definition(
            String kind,
            String name,
            String field,
            String label,
            String help,
            List<Choice> choices,
            boolean orNull,
            int times) {

        Field drawn(JsonNode document) {
            JsonNode value = document.at("/" + field.replace('.', '/'));
            String shown = kind.equals("number") && value.isNumber()
                    ? Long.toString(Math.round(value.asDouble() * times))
                    : value.isNull() ? "" : value.asText("");
            return new Field(kind, name, field, label, shown, help, choices);
        }

        void write(ObjectNode document, String typed) {
            int dot = field.indexOf('.');
            ObjectNode node = dot < 0 ? document : document.withObject("/" + field.substring(0, dot));
            String last = field.substring(dot + 1);
            switch (kind) {
                case "text", "lines" -> node.put(last, typed);
                case "check" -> node.put(last, typed.equals("true"));
                default -> {
                    if (!typed.isBlank()) {
                        writeValue(node, last, typed.strip());
                    } else if (orNull) {
                        node.putNull(last);
                    }
                }
            }
        }

        /// Leaves a text that is not a number unchanged, so that validation reports it.
        private void writeValue(ObjectNode node, String last, String typed) {
            if (kind.equals("number")) {
                try {
                    node.put(last, Double.parseDouble(typed) / times);
                    return;
                } catch (NumberFormatException _) {
                    // written as typed
                }
            }
            node.put(last, typed);
        }
    }

    private record Part(String id, String title, String text, List<Definition> fields) {}

    private static final List<Part> PARTS = List.of(
            new Part(
                    "header",
                    "Header",
                    "",
                    List.of(
                            text(
                                    "text",
                                    "displayName",
                                    "header.displayName",
                                    "Name",
                                    "Leave empty to use the account name."),
                            text("lines", "bio", "header.bio", "Bio", "Leave empty to use the account bio."),
                            select("profileLayout", "header.profileImageLayout", "Profile picture", LAYOUTS),
                            select("titleStyle", "header.titleStyle", "Title", TITLE_STYLES))),
            new Part(
                    "wallpaper",
                    "Wallpaper",
                    "Applies to the Custom theme only.",
                    List.of(
                            select("wallpaperType", "wallpaper.type", "Wallpaper type", WALLPAPERS),
                            new Definition("color", "groundColor", "wallpaper.color", "Color", "", List.of(), true, 1),
                            hex("gradientStart", "wallpaper.gradientStart", "Gradient start"),
                            hex("gradientEnd", "wallpaper.gradientEnd", "Gradient end"),
                            number(
                                    "gradientDirection",
                                    "wallpaper.gradientDirection",
                                    "Gradient angle",
                                    "0 to 360 degrees.",
                                    1),
                            new Definition(
                                    "select", "patternType", "wallpaper.patternType", "Pattern", "", PATTERNS, true, 1),
                            hex("patternColor", "wallpaper.patternColor", "Pattern color"),
                            number("blur", "wallpaper.blur", "Blur", "0 to 100.", 1),
                            number("opacity", "wallpaper.opacity", "Opacity", "0 to 100 percent.", 100))),
            new Part(
                    "buttons",
                    "Buttons",
                    "Applies to the Custom theme only.",
                    List.of(
                            select("buttonType", "buttons.type", "Style", BUTTONS),
                            select("corners", "buttons.cornerRadius", "Corners", CORNERS),
                            select("shadow", "buttons.shadow", "Shadow", SHADOWS),
                            select("hoverEffect", "buttons.hoverEffect", "Hover effect", HOVERS),
                            color("buttonColor", "buttons.backgroundColor", "Button color"),
                            color("buttonText", "buttons.textColor", "Button text color"),
                            hex("borderColor", "buttons.borderColor", "Border color"))),
            new Part(
                    "text",
                    "Text",
                    "Fonts and colors apply to the Custom theme only.",
                    List.of(
                            select("titleFont", "text.titleFont", "Title font", FONTS),
                            select("bodyFont", "text.bodyFont", "Text font", FONTS),
                            color("titleColor", "text.titleColor", "Title color"),
                            color("pageColor", "text.pageTextColor", "Text color"),
                            select("titleSize", "text.titleSize", "Title size", SIZES))),
            new Part(
                    "footer",
                    "Footer",
                    "",
                    List.of(text("check", "hideFooter", "hideFooter", "Hide “Made with Banyan” (Pro)", ""))));

    /// The colors for which a warning offers a readable one.
    private static final Set<String> MENDED = Set.of("text.titleColor", "text.pageTextColor", "buttons.textColor");

    private AppearanceFields() {}

    private static Definition text(String kind, String name, String field, String label, String help) {
        return new Definition(kind, name, field, label, help, List.of(), false, 1);
    }

    private static Definition select(String name, String field, String label, List<Choice> choices) {
        return new Definition("select", name, field, label, "", choices, false, 1);
    }

    private static Definition color(String name, String field, String label) {
        return new Definition("color", name, field, label, "", List.of(), false, 1);
    }

    private static Definition hex(String name, String field, String label) {
        return new Definition("hex", name, field, label, "Such as #0b5d4e. Leave empty for none.", List.of(), true, 1);
    }

    private static Definition number(String name, String field, String label, String help, int times) {
        return new Definition("number", name, field, label, help, List.of(), false, times);
    }

    /// @param document the JSON tree of the contract
    static List<Section> of(JsonNode document) {
        return PARTS.stream()
                .map(part -> new Section(
                        part.id(),
                        part.title(),
                        part.text(),
                        part.fields().stream()
                                .map(field -> field.drawn(document))
                                .toList()))
                .toList();
    }

    /// Returns the document that a posted form asks for. Fields that are not sent stay unchanged.
    static ObjectNode document(FormFields form) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        String theme = form.first("theme");
        if (!theme.isBlank()) {
            document.put("theme", theme.strip());
        }
        document.put("customTheme", theme.equals("custom"));
        for (Part part : PARTS) {
            for (Definition field : part.fields()) {
                field.write(document, form.first(field.name()));
            }
        }
        // The button next to a warning sends a field and the readable colour for it.
        String[] fix = form.first("fix").split("=", 2);
        if (fix.length == 2 && MENDED.contains(fix[0]) && HexColor.parse(fix[1]).isPresent()) {
            String[] path = fix[0].split("\\.");
            document.withObject("/" + path[0]).put(path[1], fix[1]);
        }
        return document;
    }

    static List<ThemeCard> themes(String chosen, Tier tier) {
        return Arrays.stream(Theme.values())
                .map(theme -> new ThemeCard(
                        theme.key(),
                        theme.label(),
                        theme == Theme.CUSTOM ? "Your own colors and fonts, below" : "",
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
}
