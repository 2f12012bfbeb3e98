package dev.banyan.pages.looks;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.AccountContext;
import dev.banyan.pages.looks.AppearancePage.PictureField;
import dev.banyan.pages.looks.AppearancePage.Section;
import dev.banyan.pages.looks.AppearancePage.Warning;
import dev.banyan.pages.looks.Appearances.OnPage;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.themes.Appearance;
import dev.banyan.themes.AppearanceTiers;
import dev.banyan.themes.Contrast;
import dev.banyan.themes.Picture;
import dev.banyan.themes.PictureUse;
import dev.banyan.themes.Theme;
import dev.banyan.themes.ThemeOverride;

/// Fills the parts of the appearance page with what is drawn.
final class AppearanceParts {

    private static final String NO_SHADE = " No shade of this color is readable on this background.";
    private static final String PICTURES = "image/png,image/jpeg,image/webp,image/gif";

    private AppearanceParts() {}

    /// Returns the tone of the account's sky, in which its pages draw the theme Lagoon.
    static int tone(AccountContext context) {
        return Avatar.of("", context.acting().username()).tone();
    }

    /// @param typed what was posted and refused, to be shown as it is
    static List<Section> sections(Appearance look, Theme theme, int tone, Optional<JsonNode> typed) {
        var filled = AppearanceForm.Filled.of(look, theme, tone);
        JsonNode alone = AppearanceForm.Filled.of(look.withTheme(theme).withOverrides(Set.of()), theme, tone)
                .document();
        JsonNode values =
                typed.map(document -> merged(filled.document(), document)).orElseGet(filled::document);
        return AppearanceFields.of(values, filled.overTheme().map(own -> typedOver(own, typed)), alone);
    }

    private static Set<ThemeOverride> typedOver(Set<ThemeOverride> own, Optional<JsonNode> typed) {
        return typed.map(document -> {
                    var names = new HashSet<ThemeOverride>();
                    document.path("overrides")
                            .forEach(name -> ThemeOverride.of(name.asText()).ifPresent(names::add));
                    return Set.copyOf(names);
                })
                .orElse(own);
    }

    private static JsonNode merged(JsonNode saved, JsonNode typed) {
        ObjectNode merged = saved.deepCopy();
        typed.properties().forEach(entry -> {
            JsonNode before = merged.path(entry.getKey());
            boolean part = before.isObject() && entry.getValue().isObject();
            merged.set(entry.getKey(), part ? merged(before, entry.getValue()) : entry.getValue());
        });
        return merged;
    }

    static List<Warning> warnings(AccountContext context, OnPage found) {
        return Contrast.check(found.look(), tone(context)).stream()
                .map(bad -> new Warning(
                        bad.what() + " is hard to read. Its contrast is " + bad.ratio() + ":1; use at least 4.5:1."
                                + (bad.better().isEmpty() ? NO_SHADE : ""),
                        bad.better().map(Object::toString).orElse(""),
                        bad.field() + "=" + bad.better().map(Object::toString).orElse("")))
                .toList();
    }

    static List<PictureField> pictures(OnPage found) {
        return List.of(
                picture(found, PictureUse.AVATAR, "Profile picture", "Shown at the top of the page.", PICTURES, ""),
                picture(
                        found,
                        PictureUse.LOGO,
                        "Logo",
                        "Replaces the title when Title is set to “Logo”.",
                        PICTURES,
                        "titleStyle logo"),
                picture(
                        found,
                        PictureUse.WALLPAPER,
                        "Wallpaper image",
                        "Used by the wallpaper types “Image” and “Soft blur”.",
                        PICTURES,
                        "wallpaperType image blur"),
                picture(
                        found,
                        PictureUse.VIDEO,
                        "Wallpaper video",
                        "MP4 or WebM. Plays without sound. Hidden for visitors who prefer reduced motion.",
                        "video/mp4,video/webm",
                        "wallpaperType video"));
    }

    private static PictureField picture(
            OnPage found, PictureUse use, String label, String help, String accept, String when) {
        Optional<Picture> media = found.look().media(use).filter(Picture::isHere);
        String need = AppearanceTiers.newlyBeyond(
                        found.look().with(use, Optional.empty()),
                        found.look().with(use, Optional.of(new Picture("x", "x"))),
                        found.tier())
                .stream()
                .findFirst()
                .map(one -> one.tier().label())
                .orElse("");
        return new PictureField(
                use.key(),
                label,
                media.map(Picture::path).orElse(""),
                use == PictureUse.VIDEO,
                use == PictureUse.AVATAR || use == PictureUse.WALLPAPER,
                help,
                accept,
                need,
                when);
    }
}
