package dev.banyan.workspaces.access;

import dev.banyan.workspaces.WorkspaceBrand;
import java.util.Locale;
import java.util.Optional;

/// What every page of a workspace needs, without anything about its account. `path` is the base of its pages: `/s/` and
/// its short path.
public record WorkspaceDoor(
        String title,
        Optional<String> theme,
        String version,
        String name,
        Optional<String> description,
        String path,
        WorkspaceBrand brand) {

    /// Its own letters, or the first two of its name: "Ma".
    public String mark() {
        return brand.letters().orElseGet(this::initials);
    }

    private String initials() {
        int[] letters =
                name.codePoints().filter(Character::isLetterOrDigit).limit(2).toArray();
        String mark = new String(letters, 0, letters.length);
        return mark.isEmpty()
                ? "#"
                : mark.substring(0, mark.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
                        + mark.substring(mark.offsetByCodePoints(0, 1));
    }

    /// The address of its picture, unique to each picture.
    public Optional<String> picture() {
        return brand.pictureName().map(name -> path + "/mark?v=" + name);
    }

    /// The welcome text below its name.
    public Optional<String> welcome() {
        return brand.welcome().or(() -> description);
    }

    /// The address of its stylesheet, unique to each color.
    public String styles() {
        return path + "/theme.css"
                + brand.color()
                        .map(color -> "?color=" + color.hex().substring(1))
                        .orElse("");
    }
}
