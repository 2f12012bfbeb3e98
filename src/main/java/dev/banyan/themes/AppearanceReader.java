package dev.banyan.themes;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Language;
import dev.banyan.platform.Text;
import dev.banyan.themes.Appearance.ButtonType;
import dev.banyan.themes.Appearance.Buttons;
import dev.banyan.themes.Appearance.Corners;
import dev.banyan.themes.Appearance.Gradient;
import dev.banyan.themes.Appearance.Header;
import dev.banyan.themes.Appearance.Hover;
import dev.banyan.themes.Appearance.LayoutStyle;
import dev.banyan.themes.Appearance.Legacy;
import dev.banyan.themes.Appearance.PatternType;
import dev.banyan.themes.Appearance.ProfileLayout;
import dev.banyan.themes.Appearance.Shadow;
import dev.banyan.themes.Appearance.TitleSize;
import dev.banyan.themes.Appearance.TitleStyle;
import dev.banyan.themes.Appearance.Wallpaper;
import dev.banyan.themes.Appearance.WallpaperType;

/// Applies a document to an appearance: absent fields stay unchanged, null clears optional fields, and invalid fields
/// are reported and stay unchanged.
public final class AppearanceReader {

    static final int LONGEST_URL = 2_048;

    private static final Text DISPLAY_NAME = Text.optional("header.displayName", "header.displayName", 100, false);
    private static final Text BIO = Text.optional("header.bio", "header.bio", 500, true);
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"'<>\\\\^`{|}]+", Pattern.CASE_INSENSITIVE);

    /// The result of reading.
    ///
    /// @param invalid the broken rules, in the order of the document's fields
    public record Reading(Appearance appearance, List<Invalid> invalid) {}

    private final List<Invalid> invalid = new ArrayList<>();

    private AppearanceReader() {}

    public static Reading over(Appearance before, JsonNode document) {
        var reader = new AppearanceReader();
        Appearance read = reader.read(before, document);
        return new Reading(read, List.copyOf(reader.invalid));
    }

    private Appearance read(Appearance before, JsonNode node) {
        Theme theme = word(node, "theme", "theme", Theme.class, before.theme());
        return new Appearance(
                theme,
                flag(node, "customTheme", before.customTheme()),
                overrides(node.path("overrides"), theme == before.theme() ? before.overrides() : Set.of()),
                header(before.header(), part(node, "header")),
                media(node, "profileImageUrl", "profileImageUrl", before.profileImage()),
                wallpaper(before.wallpaper(), part(node, "wallpaper")),
                buttons(before.buttons(), part(node, "buttons")),
                text(before.text(), part(node, "text")),
                flag(node, "hideFooter", before.hideFooter()),
                flag(node, "shareButton", before.share()),
                choice(node, "language", "language", Language.class, before.language()),
                legacy(before.legacy(), node));
    }

    /// Reads the names of fields. Another theme begins without any, so that choosing it shows it as it is.
    private Set<ThemeOverride> overrides(JsonNode names, Set<ThemeOverride> before) {
        if (names.isMissingNode()) {
            return before;
        }
        var read = EnumSet.noneOf(ThemeOverride.class);
        boolean good = names.isArray() || names.isNull();
        for (JsonNode name : names) {
            good &= name.isTextual()
                    && Keyed.parse(ThemeOverride.class, name.asText())
                            .map(found -> read.add(found) || read.contains(found))
                            .orElse(false);
        }
        if (!good) {
            bad(
                    "overrides",
                    "must be a list with any of "
                            + Arrays.stream(ThemeOverride.values())
                                    .map(ThemeOverride::key)
                                    .collect(Collectors.joining(", ")));
            return before;
        }
        return Set.copyOf(read);
    }

    private Header header(Header before, JsonNode node) {
        return new Header(
                word(
                        node,
                        "profileImageLayout",
                        "header.profileImageLayout",
                        ProfileLayout.class,
                        before.profileLayout()),
                word(node, "titleStyle", "header.titleStyle", TitleStyle.class, before.titleStyle()),
                media(node, "logoUrl", "header.logoUrl", before.logo()),
                words(node, "displayName", DISPLAY_NAME, before.displayName()),
                words(node, "bio", BIO, before.bio()));
    }

    private Wallpaper wallpaper(Wallpaper before, JsonNode node) {
        return new Wallpaper(
                word(node, "type", "wallpaper.type", WallpaperType.class, before.type()),
                color(node, "color", "wallpaper.color", before.color()),
                color(node, "gradientStart", "wallpaper.gradientStart", before.gradientStart()),
                color(node, "gradientEnd", "wallpaper.gradientEnd", before.gradientEnd()),
                whole(node, "gradientDirection", "wallpaper.gradientDirection", 360, before.gradientDirection()),
                choice(node, "patternType", "wallpaper.patternType", PatternType.class, before.patternType()),
                color(node, "patternColor", "wallpaper.patternColor", before.patternColor()),
                media(node, "imageUrl", "wallpaper.imageUrl", before.image()),
                media(node, "videoUrl", "wallpaper.videoUrl", before.video()),
                whole(node, "blur", "wallpaper.blur", 100, before.blur()),
                share(node, "opacity", "wallpaper.opacity", before.opacity()));
    }

    private Buttons buttons(Buttons before, JsonNode node) {
        return new Buttons(
                word(node, "type", "buttons.type", ButtonType.class, before.type()),
                word(node, "cornerRadius", "buttons.cornerRadius", Corners.class, before.corners()),
                word(node, "shadow", "buttons.shadow", Shadow.class, before.shadow()),
                paint(node, "backgroundColor", "buttons.backgroundColor", before.background()),
                paint(node, "textColor", "buttons.textColor", before.text()),
                color(node, "borderColor", "buttons.borderColor", before.border()),
                word(node, "hoverEffect", "buttons.hoverEffect", Hover.class, before.hover()));
    }

    private Appearance.Text text(Appearance.Text before, JsonNode node) {
        return new Appearance.Text(
                word(node, "titleFont", "text.titleFont", Font.class, before.titleFont()),
                word(node, "bodyFont", "text.bodyFont", Font.class, before.bodyFont()),
                paint(node, "titleColor", "text.titleColor", before.titleColor()),
                paint(node, "pageTextColor", "text.pageTextColor", before.pageColor()),
                word(node, "titleSize", "text.titleSize", TitleSize.class, before.titleSize()),
                share(node, "usernameOpacity", "text.usernameOpacity", before.nameOpacity()),
                share(node, "bioOpacity", "text.bioOpacity", before.bioOpacity()));
    }

    private Legacy legacy(Legacy before, JsonNode node) {
        JsonNode colors = part(node, "colors");
        return new Legacy(
                word(node, "buttonStyle", "buttonStyle", Corners.class, before.buttonStyle()),
                // The real client calls the first font its public default.
                node.path("fontFamily").asText().equals("default")
                        ? Font.INTER
                        : word(node, "fontFamily", "fontFamily", Font.class, before.fontFamily()),
                word(node, "layoutStyle", "layoutStyle", LayoutStyle.class, before.layoutStyle()),
                paint(colors, "primary", "colors.primary", before.primary()),
                paint(colors, "secondary", "colors.secondary", before.secondary()),
                paint(colors, "background", "colors.background", before.background()),
                paint(colors, "buttonBackground", "colors.buttonBackground", before.buttonBackground()),
                paint(colors, "buttonText", "colors.buttonText", before.buttonText()),
                gradient(before.gradient(), node));
    }

    private Optional<Gradient> gradient(Optional<Gradient> before, JsonNode node) {
        if (!node.has("customGradient")) {
            return before;
        }
        JsonNode both = part(node, "customGradient");
        Optional<HexColor> start = color(both, "start", "customGradient.start", before.map(Gradient::start));
        Optional<HexColor> end = color(both, "end", "customGradient.end", before.map(Gradient::end));
        return node.path("customGradient").isNull()
                ? Optional.empty()
                : start.flatMap(first -> end.map(last -> new Gradient(first, last)));
    }

    /// Returns a part of the tree; if it is null or absent, all its fields stay unchanged.
    private JsonNode part(JsonNode node, String name) {
        JsonNode part = node.path(name);
        if (!part.isObject() && !part.isNull() && !part.isMissingNode()) {
            bad(name, "must be an object");
        }
        return part;
    }

    private <K extends Enum<K> & Keyed> K word(JsonNode node, String name, String field, Class<K> type, K before) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return before;
        }
        return choice(node, name, field, type, Optional.of(before)).orElse(before);
    }

    private <K extends Enum<K> & Keyed> Optional<K> choice(
            JsonNode node, String name, String field, Class<K> type, Optional<K> before) {
        return value(
                node,
                name,
                before,
                value -> Keyed.parse(type, value.asText()).filter(_ -> value.isTextual()),
                field,
                "must be one of "
                        + Arrays.stream(type.getEnumConstants()).map(Keyed::key).collect(Collectors.joining(", ")));
    }

    private Optional<HexColor> color(JsonNode node, String name, String field, Optional<HexColor> before) {
        return value(
                node,
                name,
                before,
                value -> HexColor.parse(value.asText()).filter(_ -> value.isTextual()),
                field,
                "must be a color such as #0b5d4e");
    }

    private HexColor paint(JsonNode node, String name, String field, HexColor before) {
        return color(node, name, field, Optional.of(before)).orElse(before);
    }

    private boolean flag(JsonNode node, String name, boolean before) {
        return value(
                        node,
                        name,
                        Optional.of(before),
                        value -> value.isBoolean() ? Optional.of(value.asBoolean()) : Optional.empty(),
                        name,
                        "must be true or false")
                .orElse(before);
    }

    private int whole(JsonNode node, String name, String field, int most, int before) {
        return value(
                        node,
                        name,
                        Optional.of(before),
                        value -> value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= most
                                ? Optional.of((int) Math.round(value.asDouble()))
                                : Optional.empty(),
                        field,
                        "must be a number from 0 to " + most)
                .orElse(before);
    }

    private double share(JsonNode node, String name, String field, double before) {
        return value(
                        node,
                        name,
                        Optional.of(before),
                        value -> value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= 1
                                ? Optional.of(value.asDouble())
                                : Optional.empty(),
                        field,
                        "must be a number from 0 to 1")
                .orElse(before);
    }

    private Optional<Picture> media(JsonNode node, String name, String field, Optional<Picture> before) {
        if (node.path(name).isTextual() && node.path(name).asText().isBlank()) {
            return Optional.empty();
        }
        return value(
                node,
                name,
                before,
                value -> address(value.asText())
                        .map(source -> before.filter(media -> media.source().equals(source))
                                .orElseGet(() -> new Picture(source, ""))),
                field,
                "must be a URL that starts with http:// or https://, at most " + LONGEST_URL + " characters");
    }

    static Optional<String> address(String typed) {
        String address = typed.strip();
        return address.length() <= LONGEST_URL && ADDRESS.matcher(address).matches()
                ? Optional.of(address)
                : Optional.empty();
    }

    private Optional<String> words(JsonNode node, String name, Text rule, Optional<String> before) {
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            return before;
        }
        if (value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            bad(rule.field(), "must be a string");
            return before;
        }
        return switch (rule.check(value.asText())) {
            case Text.Checked.Good good -> good.text().isEmpty() ? Optional.empty() : Optional.of(good.text());
            case Text.Checked.Bad bad -> {
                invalid.add(bad.invalid());
                yield before;
            }
        };
    }

    private <V> Optional<V> value(
            JsonNode node,
            String name,
            Optional<V> before,
            Function<JsonNode, Optional<V>> read,
            String field,
            String rule) {
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            return before;
        }
        if (value.isNull()) {
            return Optional.empty();
        }
        Optional<V> good = read.apply(value);
        if (good.isEmpty()) {
            bad(field, rule);
            return before;
        }
        return good;
    }

    private void bad(String field, String rule) {
        invalid.add(new Invalid(field, field + " " + rule));
    }
}
