package dev.banyan.pages.looks;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.Tier;
import dev.banyan.pages.looks.AppearancePage.Field;
import dev.banyan.pages.looks.AppearancePage.FieldRow;
import dev.banyan.pages.looks.AppearancePage.Section;
import dev.banyan.pages.looks.AppearancePage.ThemeCard;
import dev.banyan.platform.Language;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.AppearanceTiers;
import dev.banyan.themes.Font;
import dev.banyan.themes.Theme;
import dev.banyan.themes.ThemeOverride;

/// The fields of the appearance page. Their values are drawn from the document of the API, and a posted form becomes
/// the same document, so the same rules apply.
final class AppearanceFields {

    private static final List<Choice> TITLE_STYLES = List.of(new Choice("text", "Text"), new Choice("logo", "Logo"));
    private static final List<Choice> LAYOUTS =
            List.of(new Choice("classic", "Round picture"), new Choice("hero", "Hero picture"));
    private static final List<Choice> SIZES = List.of(new Choice("small", "Small"), new Choice("large", "Large"));
    private static final List<Choice> WALLPAPERS = List.of(
            new Choice("fill", "Solid color"),
            new Choice("gradient", "Gradient"),
            new Choice("blur", "Soft blur"),
            new Choice("pattern", "Pattern"),
            new Choice("image", "Image"),
            new Choice("video", "Video"));
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
            .map(font -> new Choice(font.key(), font.family))
            .toList();

    private static final List<Choice> LANGUAGES = Stream.concat(
                    Stream.of(new Choice("", "Same as the account")),
                    Arrays.stream(Language.values()).map(language -> new Choice(language.code, language.label)))
            .toList();

    /// The choice that leaves a field to the theme.
    static final String FROM_THEME = "theme";

    /// A field of the form.
    ///
    /// @param field its path in the document
    /// @param orNull whether an empty text clears it; otherwise it stays
    /// @param times the form's value for 1
    record Definition(
            String kind,
            String name,
            String field,
            String label,
            String help,
            List<Choice> choices,
            boolean orNull,
            int times) {

        Optional<ThemeOverride> override() {
            return ThemeOverride.of(field);
        }

        /// Returns the text that the field is filled with.
        ///
        /// @param own what the page has of its own on top of a theme; empty for the theme Custom
        String shown(JsonNode document, Optional<Set<ThemeOverride>> own) {
            boolean fromTheme = kind.equals("select")
                    && own.isPresent()
                    && override().filter(part -> !own.get().contains(part)).isPresent()
                    && (!field.startsWith("wallpaper.") || field.equals("wallpaper.type"));
            if (fromTheme) {
                return FROM_THEME;
            }
            JsonNode value = document.at("/" + field.replace('.', '/'));
            return kind.equals("number") && value.isNumber()
                    ? Long.toString(Math.round(value.asDouble() * times))
                    : value.isNull() ? "" : value.asText("");
        }

        Field drawn(JsonNode document, Optional<Set<ThemeOverride>> own, JsonNode theme) {
            boolean maybeTheme = kind.equals("select")
                    && own.isPresent()
                    && override().isPresent()
                    && !field.equals("wallpaper.patternType");
            List<Choice> offered = maybeTheme
                    ? Stream.concat(Stream.of(new Choice(FROM_THEME, fromTheme(theme))), choices.stream())
                            .toList()
                    : choices;
            return new Field(kind, name, field, label, shown(document, own), help, offered);
        }

        /// Says what the theme draws, where a field has a name for it.
        private String fromTheme(JsonNode theme) {
            boolean sky = theme.path("theme").asText().equals(Theme.LAGOON.key());
            boolean font = choices.equals(FONTS);
            String drawn = theme.at("/" + field.replace('.', '/')).asText();
            Optional<String> name = font && sky
                    ? Optional.of("system font")
                    : choices.stream()
                            .filter(choice -> choice.value().equals(drawn))
                            .map(Choice::label)
                            .filter(_ -> !choices.equals(SHADOWS) && !choices.equals(WALLPAPERS))
                            .findFirst();
            return "From the theme" + name.map(text -> " (" + text + ")").orElse("");
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

    /// Fields that apply to the same choices of another field.
    ///
    /// @param when the name of that field and its values, separated by spaces; empty if they always apply
    /// @param note the same for people
    record Row(String when, String note, List<Definition> fields) {

        static Row of(Definition... fields) {
            return new Row("", "", List.of(fields));
        }
    }

    record Part(String id, String title, List<Row> rows) {

        Stream<Definition> fields() {
            return rows.stream().flatMap(row -> row.fields().stream());
        }

        boolean isOn(Set<ThemeOverride> own) {
            return fields().flatMap(field -> field.override().stream()).anyMatch(own::contains);
        }
    }

    static final List<Part> PARTS = List.of(
            new Part(
                    "header",
                    "Header",
                    List.of(Row.of(
                            text(
                                    "text",
                                    "displayName",
                                    "header.displayName",
                                    "Name",
                                    "Leave empty to use the account name."),
                            text("lines", "bio", "header.bio", "Bio", "Leave empty to use the account bio."),
                            select("profileLayout", "header.profileImageLayout", "Profile picture", LAYOUTS),
                            select("titleStyle", "header.titleStyle", "Title", TITLE_STYLES),
                            new Definition(
                                    "select",
                                    "language",
                                    "language",
                                    "Language",
                                    "The words around your content, such as “Share”.",
                                    LANGUAGES,
                                    true,
                                    1)))),
            new Part(
                    "text",
                    "Text",
                    List.of(Row.of(
                            select("titleFont", "text.titleFont", "Title font", FONTS),
                            select("bodyFont", "text.bodyFont", "Text font", FONTS),
                            color("titleColor", "text.titleColor", "Title color"),
                            color("pageColor", "text.pageTextColor", "Text color"),
                            select("titleSize", "text.titleSize", "Title size", SIZES)))),
            new Part(
                    "buttons",
                    "Buttons",
                    List.of(Row.of(
                            select("buttonType", "buttons.type", "Style", BUTTONS),
                            select("corners", "buttons.cornerRadius", "Corners", CORNERS),
                            select("shadow", "buttons.shadow", "Shadow", SHADOWS),
                            select("hoverEffect", "buttons.hoverEffect", "Hover effect", HOVERS),
                            color("buttonColor", "buttons.backgroundColor", "Button color"),
                            color("buttonText", "buttons.textColor", "Button text color"),
                            hex("borderColor", "buttons.borderColor", "Border color")))),
            new Part(
                    "wallpaper",
                    "Wallpaper",
                    List.of(
                            Row.of(select("wallpaperType", "wallpaper.type", "Wallpaper type", WALLPAPERS)),
                            new Row(
                                    "wallpaperType fill blur pattern image video",
                                    "For all types but “Gradient”",
                                    List.of(hex("groundColor", "wallpaper.color", "Color"))),
                            new Row(
                                    "wallpaperType gradient blur",
                                    "For “Gradient” and “Soft blur”",
                                    List.of(
                                            hex("gradientStart", "wallpaper.gradientStart", "Gradient start"),
                                            hex("gradientEnd", "wallpaper.gradientEnd", "Gradient end"))),
                            new Row(
                                    "wallpaperType gradient",
                                    "For “Gradient”",
                                    List.of(number(
                                            "gradientDirection",
                                            "wallpaper.gradientDirection",
                                            "Gradient angle",
                                            "0 to 360 degrees.",
                                            1))),
                            new Row(
                                    "wallpaperType pattern",
                                    "For “Pattern”",
                                    List.of(
                                            new Definition(
                                                    "select",
                                                    "patternType",
                                                    "wallpaper.patternType",
                                                    "Pattern",
                                                    "",
                                                    PATTERNS,
                                                    true,
                                                    1),
                                            hex("patternColor", "wallpaper.patternColor", "Pattern color"))),
                            new Row(
                                    "wallpaperType blur pattern image video",
                                    "For “Soft blur”, “Pattern”, “Image” and “Video”",
                                    List.of(number("blur", "wallpaper.blur", "Blur", "0 to 100.", 1))),
                            new Row(
                                    "wallpaperType fill gradient blur pattern image video",
                                    "For all types",
                                    List.of(number(
                                            "opacity", "wallpaper.opacity", "Opacity", "0 to 100 percent.", 100))))),
            new Part(
                    "footer",
                    "Footer",
                    List.of(Row.of(
                            text("check", "shareButton", "shareButton", "Show a share button with a QR code", ""),
                            text("check", "hideFooter", "hideFooter", "Hide “Made with Banyan”", "")))));

    /// The colors for which a warning offers a readable one.
    static final Set<String> MENDED = Set.of("text.titleColor", "text.pageTextColor", "buttons.textColor");

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

    /// @param document the JSON tree of the contract, with the values that are drawn
    /// @param own what the page has of its own on top of its theme; empty for the theme Custom
    /// @param theme the same tree for the theme alone
    static List<Section> of(JsonNode document, Optional<Set<ThemeOverride>> own, JsonNode theme) {
        return PARTS.stream()
                .map(part -> new Section(
                        part.id(),
                        part.title(),
                        own.filter(part::isOn).isPresent(),
                        part.rows().stream()
                                .map(row -> new FieldRow(
                                        row.when(),
                                        row.note(),
                                        row.fields().stream()
                                                .map(field -> field.drawn(document, own, theme))
                                                .toList()))
                                .toList()))
                .toList();
    }

    /// Returns the themes, beginning with the one that a page wears without any setting.
    static List<ThemeCard> themes(String chosen, Tier tier) {
        return Arrays.stream(Theme.values())
                .sorted(Comparator.comparing(theme -> theme == Theme.CUSTOM))
                .map(theme -> new ThemeCard(
                        theme.key(),
                        theme.label(),
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
