package dev.banyan.themes;

import module java.base;
import dev.banyan.platform.Keyed;

/// A part of an appearance that a page may have of its own, on top of a theme. A wallpaper is one part, because its
/// fields mean nothing without its type.
public enum ThemeOverride implements Keyed {
    WALLPAPER("wallpaper", true, Appearance::wallpaper),
    BUTTON_TYPE("buttons.type", false, look -> look.buttons().type()),
    CORNERS("buttons.cornerRadius", false, look -> look.buttons().corners()),
    SHADOW("buttons.shadow", false, look -> look.buttons().shadow()),
    HOVER("buttons.hoverEffect", false, look -> look.buttons().hover()),
    BUTTON_COLOR("buttons.backgroundColor", true, look -> look.buttons().background()),
    BUTTON_TEXT("buttons.textColor", true, look -> look.buttons().text()),
    BORDER("buttons.borderColor", true, look -> look.buttons().border()),
    TITLE_FONT("text.titleFont", false, look -> look.text().titleFont()),
    BODY_FONT("text.bodyFont", false, look -> look.text().bodyFont()),
    TITLE_COLOR("text.titleColor", true, look -> look.text().titleColor()),
    TEXT_COLOR(
            "text.pageTextColor",
            true,
            look -> List.of(
                    look.text().pageColor(),
                    look.text().nameOpacity(),
                    look.text().bioOpacity()));

    private final String key;
    private final boolean color;
    private final Function<Appearance, Object> value;

    ThemeOverride(String key, boolean color, Function<Appearance, Object> value) {
        this.key = key;
        this.color = color;
        this.value = value;
    }

    /// Returns the field's name in the API: `text.titleFont`.
    @Override
    public String key() {
        return key;
    }

    /// Returns the field with this name in the API, or the wallpaper for one of its fields.
    public static Optional<ThemeOverride> of(String field) {
        return Keyed.parse(ThemeOverride.class, field.startsWith("wallpaper.") ? "wallpaper" : field);
    }

    /// Returns whether it is a colour, which holds in the visitor's light mode and dark mode alike.
    boolean isColor() {
        return color;
    }

    /// Returns the parts in which two appearances differ.
    static Set<ThemeOverride> between(Appearance one, Appearance other) {
        return Arrays.stream(values())
                .filter(part -> !part.value.apply(one).equals(part.value.apply(other)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ThemeOverride.class)));
    }
}
