package dev.banyan.workspaces;

import java.util.Locale;
import java.util.Optional;

/**
 * What every page of a workspace needs; nothing of the account that it belongs to. {@code path} is where its pages lie:
 * {@code /s/} and its short path.
 */
public record WorkspaceDoor(
        String title, Optional<String> theme, String version, String name, Optional<String> description, String path) {

    /** The first two letters of its name: "Ma". */
    public String mark() {
        int[] letters =
                name.codePoints().filter(Character::isLetterOrDigit).limit(2).toArray();
        String mark = new String(letters, 0, letters.length);
        return mark.isEmpty()
                ? "#"
                : mark.substring(0, mark.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
                        + mark.substring(mark.offsetByCodePoints(0, 1));
    }
}
