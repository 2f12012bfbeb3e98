package dev.banyan.pages.looks;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.pages.looks.AppearanceFields.Definition;
import dev.banyan.pages.looks.Appearances.Upload;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.AppearanceDocument;
import dev.banyan.themes.Crop;
import dev.banyan.themes.HexColor;
import dev.banyan.themes.PictureUse;
import dev.banyan.themes.Pictures;
import dev.banyan.themes.RenderedTheme;
import dev.banyan.themes.Theme;
import dev.banyan.themes.ThemeOverride;

/// Reads the posted appearance form. Its fields are filled with what is drawn, so only a field that was changed becomes
/// the page's own; all others follow the theme.
final class AppearanceForm {

    private static final String NUMBER = "[0-9]{1,3}";
    private static final String TYPE = "wallpaper.type";
    private static final double HERO = 5 / 4.0;

    /// What the fields are filled with.
    ///
    /// @param own what the page has of its own on top of the theme
    record Filled(Theme theme, Appearance look, Set<ThemeOverride> own) {

        /// @param theme which the form shows; not yet that of the page if another one was chosen
        static Filled of(Appearance look, Theme theme, int tone) {
            if (theme == look.worn()) {
                return new Filled(theme, RenderedTheme.of(look, tone), look.drawnOver());
            }
            Appearance drawn = theme == Theme.CUSTOM
                    ? RenderedTheme.of(look, tone).withTheme(theme)
                    : RenderedTheme.of(look.withTheme(theme).withOverrides(Set.of()), tone);
            return new Filled(theme, drawn.withOverrides(Set.of()), Set.of());
        }

        JsonNode document() {
            return AppearanceDocument.tree(look);
        }

        /// Returns what the page has of its own; empty for the theme Custom, where there is nothing else.
        Optional<Set<ThemeOverride>> overTheme() {
            return Optional.of(own).filter(_ -> theme != Theme.CUSTOM);
        }
    }

    private final FormFields form;
    private final Theme chosen;
    private final Filled filled;
    private final JsonNode before;
    private final Set<ThemeOverride> own = EnumSet.noneOf(ThemeOverride.class);
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    private AppearanceForm(FormFields form, Appearance look, int tone) {
        this.form = form;
        this.filled = Filled.of(look, theme(form, "filledFor").orElse(look.worn()), tone);
        this.chosen = theme(form, "theme").orElse(look.worn());
        this.before = filled.document();
        if (chosen == filled.theme()) {
            own.addAll(filled.own());
        }
        if (chosen == Theme.CUSTOM && look.worn() != Theme.CUSTOM) {
            // The page stays as it is drawn, and from now on all of it is its own.
            JsonNode drawn = Filled.of(look, Theme.CUSTOM, tone).document();
            List.of("wallpaper", "buttons", "text").forEach(part -> document.set(part, drawn.path(part)));
        }
    }

    /// Returns the document that a posted form asks for. Fields that are not sent stay unchanged.
    static ObjectNode document(FormFields form, Appearance look, int tone) {
        return new AppearanceForm(form, look, tone).document();
    }

    static Optional<Theme> theme(FormFields form, String name) {
        return Keyed.parse(Theme.class, form.first(name).strip());
    }

    private ObjectNode document() {
        String typed = form.first("theme").strip();
        document.put("theme", typed.isEmpty() ? chosen.key() : typed);
        document.put("customTheme", chosen == Theme.CUSTOM);
        fields().forEach(field -> {
            Optional<ThemeOverride> part = field.override();
            if (part.isEmpty()) {
                field.write(document, form.first(field.name()));
            } else if (part.get() != ThemeOverride.WALLPAPER) {
                read(field, part.get());
            }
        });
        readWallpaper();
        reset();
        mend();
        var names = document.putArray("overrides");
        if (chosen != Theme.CUSTOM) {
            own.forEach(part -> names.add(part.key()));
        }
        return document;
    }

    private static Stream<Definition> fields() {
        return AppearanceFields.PARTS.stream().flatMap(AppearanceFields.Part::fields);
    }

    private void read(Definition field, ThemeOverride part) {
        Optional<String> typed = form.find(field.name()).map(String::strip);
        if (typed.isEmpty()) {
            return;
        }
        if (typed.get().equals(AppearanceFields.FROM_THEME)) {
            own.remove(part);
            return;
        }
        if (isChanged(field)) {
            own.add(part);
        }
        if (own.contains(part) || chosen == Theme.CUSTOM) {
            field.write(document, typed.get());
        }
    }

    private boolean isChanged(Definition field) {
        return form.find(field.name())
                .map(String::strip)
                .filter(typed -> !typed.equalsIgnoreCase(field.shown(before, filled.overTheme())))
                .isPresent();
    }

    /// The fields of a wallpaper are one part. Where one was changed without its type, the type follows from it:
    /// without a script all fields are there to be filled in.
    private void readWallpaper() {
        List<Definition> fields = fields().filter(field -> field.override()
                        .filter(part -> part == ThemeOverride.WALLPAPER)
                        .isPresent())
                .toList();
        List<String> changed =
                fields.stream().filter(this::isChanged).map(Definition::field).toList();
        String type = form.find("wallpaperType").map(String::strip).orElseGet(this::unsentType);
        boolean fromTheme = type.equals(AppearanceFields.FROM_THEME);
        if (fromTheme && changed.stream().allMatch(TYPE::equals)) {
            own.remove(ThemeOverride.WALLPAPER);
            return;
        }
        if (!changed.isEmpty()) {
            own.add(ThemeOverride.WALLPAPER);
        }
        if (own.contains(ThemeOverride.WALLPAPER) || chosen == Theme.CUSTOM) {
            fields.stream()
                    .filter(field -> form.find(field.name()).isPresent()
                            && !field.field().equals(TYPE))
                    .forEach(field -> field.write(document, form.first(field.name())));
            String written = fromTheme ? typeOf(changed) : type;
            if (!written.isEmpty()) {
                document.withObject("/wallpaper").put("type", written);
            }
        }
    }

    private String unsentType() {
        boolean ofTheme = filled.theme() != Theme.CUSTOM && !filled.own().contains(ThemeOverride.WALLPAPER);
        return ofTheme ? AppearanceFields.FROM_THEME : "";
    }

    private static String typeOf(List<String> changed) {
        boolean pattern = changed.stream().anyMatch(name -> name.startsWith("wallpaper.pattern"));
        boolean gradient = changed.stream().anyMatch(name -> name.startsWith("wallpaper.gradient"));
        return pattern ? "pattern" : gradient ? "gradient" : "fill";
    }

    /// The button of a section gives all of its fields back to the theme.
    private void reset() {
        String section = form.first("reset");
        AppearanceFields.PARTS.stream()
                .filter(part -> part.id().equals(section))
                .flatMap(AppearanceFields.Part::fields)
                .flatMap(field -> field.override().stream())
                .forEach(own::remove);
    }

    /// The button next to a warning sends a field and the readable colour for it.
    private void mend() {
        String[] fix = form.first("fix").split("=", 2);
        if (fix.length == 2
                && AppearanceFields.MENDED.contains(fix[0])
                && HexColor.parse(fix[1]).isPresent()) {
            String[] path = fix[0].split("\\.");
            document.withObject("/" + path[0]).put(path[1], fix[1]);
            ThemeOverride.of(fix[0]).ifPresent(own::add);
        }
    }

    /// Returns the pictures that were chosen or are to be removed.
    static Map<PictureUse, Optional<Upload>> pictures(FormFields form) {
        var pictures = new EnumMap<PictureUse, Optional<Upload>>(PictureUse.class);
        for (PictureUse use : List.of(PictureUse.AVATAR, PictureUse.LOGO, PictureUse.WALLPAPER, PictureUse.VIDEO)) {
            Optional<byte[]> file = form.file(use.key(), Pictures.LARGEST + 1);
            if (file.isPresent()) {
                pictures.put(use, file.map(bytes -> new Upload(bytes, crop(form, use))));
            } else if (form.first(use.key() + "Remove").equals("true")) {
                pictures.put(use, Optional.empty());
            }
        }
        return pictures;
    }

    /// A profile picture has the shape in which the header shows it; the others keep theirs.
    private static Crop crop(FormFields form, PictureUse use) {
        double ratio =
                use != PictureUse.AVATAR ? 0 : form.first("profileLayout").equals("hero") ? HERO : 1;
        var crop = new Crop(
                number(form, use.key() + "X", 50),
                number(form, use.key() + "Y", 50),
                number(form, use.key() + "Zoom", 100),
                ratio);
        boolean whole = crop.x() == 50 && crop.y() == 50 && crop.zoom() == 100;
        return whole ? Crop.NONE : crop;
    }

    private static int number(FormFields form, String name, int without) {
        String typed = form.first(name).strip();
        return typed.matches(NUMBER) ? Integer.parseInt(typed) : without;
    }
}
