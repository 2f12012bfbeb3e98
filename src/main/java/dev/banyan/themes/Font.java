package dev.banyan.themes;

import java.util.Locale;

/// The typefaces of pages. All are served by us; what stands behind each is what every device has, for the moment until
/// it is there and for scripts that it does not know.
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

    private final String family;
    private final String fallback;
    private final boolean premium;

    Font(String family, String fallback, boolean premium) {
        this.family = family;
        this.fallback = fallback;
        this.premium = premium;
    }

    @Override
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// As people read it, and as stylesheets name it.
    public String family() {
        return family;
    }

    /// Whether the contract's old field `fontFamily` takes the feature `premiumFonts` for it.
    boolean isPremium() {
        return premium;
    }

    /// The value of `font-family`.
    String stack() {
        return "'" + family + "'," + fallback;
    }
}
