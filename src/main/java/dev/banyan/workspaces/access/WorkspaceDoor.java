package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.Language;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceBrand;

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

    /// Returns the look of a workspace without a page.
    ///
    /// @param path the address of the workspace
    public static WorkspaceDoor lookOf(Workspace workspace, String path) {
        return new WorkspaceDoor(
                "", Optional.empty(), "", workspace.name(), workspace.description(), path, workspace.brand());
    }

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

    /// The address of its icon in tabs and bookmarks: its picture, or its letters on its color.
    public String icon() {
        return picture()
                .orElseGet(() -> path + "/icon.svg?v="
                        + URLEncoder.encode(mark(), StandardCharsets.UTF_8)
                        + brand.color().map(color -> color.hex().substring(1)).orElse(""));
    }

    /// Returns the same for a page of the chat, which is in English.
    public WorkspaceDoor inEnglish() {
        return new WorkspaceDoor(title, theme, version, name, description, path, brand.in(Language.ENGLISH));
    }

    /// Returns a sentence in the workspace's language.
    public String say(String english) {
        return brand.language().say(english);
    }

    /// Returns a sentence in the workspace's language, with a value in place of `%s`.
    public String say(String english, String value) {
        return brand.language().say(english, value);
    }

    public String language() {
        return brand.language().code;
    }

    /// `ltr` or `rtl`.
    public String direction() {
        return brand.language().direction();
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
