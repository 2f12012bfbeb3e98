package dev.banyan.themes;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.themes.Appearance.WallpaperType;

/// An appearance as JSON: the tree of the LinkToMe contract (2.6), as in the API and, with the ids of our copies of
/// pictures, in tables.
public final class AppearanceDocument {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COPIES = "copies";
    private static final JsonNode EVERY_FIELD = everyField();

    private AppearanceDocument() {}

    /// Returns the stored form.
    static String write(Appearance look) {
        ObjectNode node = tree(look);
        ObjectNode copies = node.putObject(COPIES);
        put(copies, "profileImage", look.profileImage(), Picture::id);
        put(copies, "logo", look.header().logo(), Picture::id);
        put(copies, "image", look.wallpaper().image(), Picture::id);
        put(copies, "video", look.wallpaper().video(), Picture::id);
        return node.toString();
    }

    /// Reads the stored form. Never fails: fields of other versions that are not understood are ignored.
    static Appearance read(String document) {
        JsonNode node = parse(document);
        Appearance look = AppearanceReader.over(Appearance.DEFAULT, node).appearance();
        JsonNode copies = node.path(COPIES);
        return look.withProfileImage(copy(look.profileImage(), copies, "profileImage"))
                .withHeader(new Appearance.Header(
                        look.header().profileLayout(),
                        look.header().titleStyle(),
                        copy(look.header().logo(), copies, "logo"),
                        look.header().displayName(),
                        look.header().bio()))
                .withWallpaper(look.wallpaper()
                        .withMedia(
                                copy(look.wallpaper().image(), copies, "image"),
                                copy(look.wallpaper().video(), copies, "video")));
    }

    static JsonNode parse(String document) {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException _) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static Optional<Picture> copy(Optional<Picture> media, JsonNode copies, String name) {
        return media.map(one -> new Picture(one.source(), copies.path(name).asText("")));
    }

    /// Returns the contract's tree without `pageId`, `socialIcons` and flags; empty fields are null. `overrides`,
    /// `shareButton` and `language` are ours, and absent where they say nothing.
    public static ObjectNode tree(Appearance look) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("theme", look.theme().key());
        node.put("customTheme", look.customTheme());
        if (!look.overrides().isEmpty()) {
            ArrayNode names = node.putArray("overrides");
            look.overrides().stream().sorted().forEach(part -> names.add(part.key()));
        }
        ObjectNode header = node.putObject("header");
        header.put("profileImageLayout", look.header().profileLayout().key());
        header.put("titleStyle", look.header().titleStyle().key());
        put(header, "logoUrl", look.header().logo(), Picture::source);
        put(header, "displayName", look.header().displayName(), text -> text);
        put(header, "bio", look.header().bio(), text -> text);
        put(node, "profileImageUrl", look.profileImage(), Picture::source);
        putWallpaper(node.putObject("wallpaper"), look.wallpaper());
        putButtons(node.putObject("buttons"), look.buttons());
        putText(node.putObject("text"), look.text());
        node.put("hideFooter", look.hideFooter());
        if (look.share()) {
            node.put("shareButton", true);
        }
        look.language().ifPresent(language -> node.put("language", language.code));
        putLegacy(node, look.legacy());
        return node;
    }

    /// Returns the first field of a document that no appearance has, and where one of its name is.
    ///
    /// @param besides names of fields that are not of the appearance
    public static Optional<Invalid> unknown(JsonNode document, Set<String> besides) {
        for (var field : document.properties()) {
            String name = field.getKey();
            JsonNode known = EVERY_FIELD.path(name);
            if (known.isMissingNode() && !besides.contains(name)) {
                return Optional.of(unknown(name));
            }
            for (var inner : known.isObject() ? field.getValue().properties() : Set.<Map.Entry<String, JsonNode>>of()) {
                if (!known.has(inner.getKey())) {
                    return Optional.of(unknown(name + "." + inner.getKey()));
                }
            }
        }
        return Optional.empty();
    }

    private static Invalid unknown(String path) {
        String place = EVERY_FIELD.properties().stream()
                .filter(part -> part.getValue().has(path))
                .map(part -> part.getKey() + "." + path)
                .collect(Collectors.joining(" or "));
        return new Invalid(path, "Unknown field: " + path + (place.isEmpty() ? "" : ". Did you mean " + place + "?"));
    }

    private static ObjectNode everyField() {
        ObjectNode every = tree(Appearance.DEFAULT);
        every.put("shareButton", true).put("language", "").putArray("overrides");
        every.putObject("customGradient").put("start", "").put("end", "");
        return every;
    }

    /// Returns the tree for visitors (contract 5.2): limited to the tier, and without empty fields. Media we have are
    /// at our address, others are left out, so that visitors load nothing from elsewhere.
    ///
    /// @param base of our addresses
    public static ObjectNode publicTree(Appearance look, Tier tier, String base) {
        Appearance shown = AppearanceTiers.shown(look, tier);
        ObjectNode node = tree(shown);
        if (look.theme() != shown.theme()) {
            node.put("theme", "default");
        }
        node.remove("profileImageUrl");
        put(node.withObject("/header"), "logoUrl", here(shown.header().logo()), logo -> base + logo.path());
        putMedia(node.withObject("/wallpaper"), shown.wallpaper(), base);
        return withoutEmpty(node);
    }

    /// Adds the media of the wallpaper. If they are missing, its colour is shown instead.
    private static void putMedia(ObjectNode node, Appearance.Wallpaper wallpaper, String base) {
        boolean pictured = wallpaper.type() == WallpaperType.IMAGE || wallpaper.type() == WallpaperType.BLUR;
        Optional<Picture> image = here(wallpaper.image()).filter(_ -> pictured);
        Optional<Picture> video = here(wallpaper.video()).filter(_ -> wallpaper.type() == WallpaperType.VIDEO);
        put(node, "imageUrl", image, media -> base + media.path());
        put(node, "videoUrl", video, media -> base + media.path());
        if (wallpaper.type() == WallpaperType.IMAGE && image.isEmpty()
                || wallpaper.type() == WallpaperType.VIDEO && video.isEmpty()) {
            node.put("type", WallpaperType.FILL.key());
        }
    }

    private static Optional<Picture> here(Optional<Picture> media) {
        return media.filter(Picture::isHere);
    }

    private static ObjectNode withoutEmpty(ObjectNode node) {
        node.properties().removeIf(entry -> entry.getValue().isNull());
        node.properties().forEach(entry -> {
            if (entry.getValue() instanceof ObjectNode part) {
                withoutEmpty(part);
            }
        });
        return node;
    }

    private static void putWallpaper(ObjectNode node, Appearance.Wallpaper wallpaper) {
        node.put("type", wallpaper.type().key());
        put(node, "color", wallpaper.color(), HexColor::toString);
        put(node, "gradientStart", wallpaper.gradientStart(), HexColor::toString);
        put(node, "gradientEnd", wallpaper.gradientEnd(), HexColor::toString);
        node.put("gradientDirection", wallpaper.gradientDirection());
        put(node, "patternType", wallpaper.patternType(), Keyed::key);
        put(node, "patternColor", wallpaper.patternColor(), HexColor::toString);
        put(node, "imageUrl", wallpaper.image(), Picture::source);
        put(node, "videoUrl", wallpaper.video(), Picture::source);
        node.put("blur", wallpaper.blur());
        node.put("opacity", wallpaper.opacity());
    }

    private static void putButtons(ObjectNode node, Appearance.Buttons buttons) {
        node.put("type", buttons.type().key());
        node.put("cornerRadius", buttons.corners().key());
        node.put("shadow", buttons.shadow().key());
        node.put("backgroundColor", buttons.background().toString());
        node.put("textColor", buttons.text().toString());
        put(node, "borderColor", buttons.border(), HexColor::toString);
        node.put("hoverEffect", buttons.hover().key());
    }

    private static void putText(ObjectNode node, Appearance.Text text) {
        node.put("titleFont", text.titleFont().key());
        node.put("bodyFont", text.bodyFont().key());
        node.put("titleColor", text.titleColor().toString());
        node.put("pageTextColor", text.pageColor().toString());
        node.put("titleSize", text.titleSize().key());
        node.put("usernameOpacity", text.nameOpacity());
        node.put("bioOpacity", text.bioOpacity());
    }

    private static void putLegacy(ObjectNode node, Appearance.Legacy legacy) {
        node.put("buttonStyle", legacy.buttonStyle().key());
        node.put("fontFamily", legacy.fontFamily().key());
        node.put("layoutStyle", legacy.layoutStyle().key());
        ObjectNode colors = node.putObject("colors");
        colors.put("primary", legacy.primary().toString());
        colors.put("secondary", legacy.secondary().toString());
        colors.put("background", legacy.background().toString());
        colors.put("buttonBackground", legacy.buttonBackground().toString());
        colors.put("buttonText", legacy.buttonText().toString());
        legacy.gradient().ifPresent(gradient -> {
            ObjectNode both = node.putObject("customGradient");
            both.put("start", gradient.start().toString());
            both.put("end", gradient.end().toString());
        });
    }

    private static <V> void put(ObjectNode node, String name, Optional<V> value, Function<V, String> text) {
        value.map(text).ifPresentOrElse(found -> node.put(name, found), () -> node.putNull(name));
    }
}
