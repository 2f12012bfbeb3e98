package dev.banyan.themes;

import module java.base;
import dev.banyan.platform.Keyed;

/// The fonts of pages. All are served by us; the fallback of each exists on every device, for the time until the font
/// is loaded and for scripts that it lacks.
public enum Font implements Keyed {
    INTER("Inter", "system-ui,-apple-system,sans-serif", false),
    SPACE_MONO("Space Mono", "ui-monospace,Menlo,Consolas,monospace", true),
    POPPINS("Poppins", "system-ui,-apple-system,sans-serif", false),
    ROBOTO("Roboto", "system-ui,-apple-system,sans-serif", false),
    PLAYFAIR("Playfair Display", "Georgia,'Times New Roman',serif", true),
    OSWALD("Oswald", "'Arial Narrow',system-ui,sans-serif", true),
    LATO("Lato", "system-ui,-apple-system,sans-serif", false),
    MONTSERRAT("Montserrat", "system-ui,-apple-system,sans-serif", true),
    RALEWAY("Raleway", "system-ui,-apple-system,sans-serif", true),
    DM_SANS("DM Sans", "system-ui,-apple-system,sans-serif", true);

    /// The name for people and stylesheets.
    public final String family;
    private final String fallback;
    private final boolean premium;

    Font(String family, String fallback, boolean premium) {
        this.family = family;
        this.fallback = fallback;
        this.premium = premium;
    }

    /// Returns whether the contract's old field `fontFamily` requires the feature `premiumFonts` for it.
    boolean isPremium() {
        return premium;
    }

    /// Returns the value of `font-family`.
    String stack() {
        return "'" + family + "'," + fallback;
    }
}
