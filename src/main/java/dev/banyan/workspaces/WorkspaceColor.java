package dev.banyan.workspaces;

import module java.base;

/// A color that white text is readable on, or a typed color that hasn't been checked yet.
///
/// Contrast is WCAG's; shades are computed in Oklab, where equal steps of lightness look equal for every hue.
///
/// @param rgb eight bits each
public record WorkspaceColor(int rgb) {

    /// The color of workspaces without one of their own.
    public static final String USUAL = "#0b5d4e";

    /// The contrast that normal text needs (WCAG 2.2, 1.4.3).
    static final double READABLE = 4.5;

    private static final Pattern HEX = Pattern.compile("#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})");
    private static final WorkspaceColor WHITE = new WorkspaceColor(0xFFFFFF);
    private static final double STEP = .004;
    private static final int BITS = 8;

    /// Lightness from 0 to 1, chroma, and hue in degrees.
    public record Shade(double lightness, double chroma, double hue) {

        /// The CSS notation.
        public String css() {
            return String.format(Locale.ROOT, "oklch(%.3f %.3f %.1f)", lightness, chroma, hue);
        }

        public Shade lighter(double other) {
            return new Shade(Math.clamp(other, 0, 1), chroma, hue);
        }

        public Shade softer(double most) {
            return new Shade(lightness, Math.min(chroma, most), hue);
        }

        /// The nearest color that a screen can show.
        public WorkspaceColor color() {
            double a = chroma * Math.cos(Math.toRadians(hue));
            double b = chroma * Math.sin(Math.toRadians(hue));
            double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
            double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
            double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
            int red = eightBits(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
            int green = eightBits(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
            int blue = eightBits(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
            return new WorkspaceColor(red << 2 * BITS | green << BITS | blue);
        }

        private static double cube(double value) {
            return value * value * value;
        }

        private static int eightBits(double linear) {
            double bright = Math.clamp(linear, 0, 1);
            double encoded = bright <= 0.0031308 ? 12.92 * bright : 1.055 * Math.pow(bright, 1 / 2.4) - 0.055;
            return (int) Math.round(encoded * 255);
        }
    }

    /// @param typed `#0b5d4e`, `0b5d4e` or `#0ba`, in any letter case
    public static Optional<WorkspaceColor> parse(String typed) {
        var matcher = HEX.matcher(typed.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digits = matcher.group(1);
        return Optional.of(new WorkspaceColor(
                Integer.parseInt(digits.length() == 3 ? digits.replaceAll("(.)", "$1$1") : digits, 16)));
    }

    /// The notation `#0b5d4e`.
    public String hex() {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }

    public boolean carriesText() {
        return contrast(WHITE) >= READABLE;
    }

    /// The contrast ratio, from 1 to 21.
    double contrast(WorkspaceColor other) {
        double one = luminance();
        double two = other.luminance();
        return (Math.max(one, two) + .05) / (Math.min(one, two) + .05);
    }

    /// The contrast with white, for display: "7.6".
    public String contrastText() {
        // Rounded down: 4.49 must not read as 4.5, which would be enough.
        return String.format(Locale.ROOT, "%.1f", Math.floor(contrast(WHITE) * 10) / 10);
    }

    /// The nearest color of the same hue on which white text is readable; this one if it qualifies.
    public WorkspaceColor readable() {
        Shade shade = shade();
        WorkspaceColor found = this;
        while (!found.carriesText()) {
            shade = shade.lighter(shade.lightness() - STEP);
            found = shade.color();
        }
        return found;
    }

    /// The lightest shade of this hue, no lighter than this color, that is readable on another color.
    public Shade readableOn(WorkspaceColor ground) {
        Shade shade = shade();
        while (shade.color().contrast(ground) < READABLE && shade.lightness() > 0) {
            shade = shade.lighter(shade.lightness() - STEP);
        }
        return shade;
    }

    private double luminance() {
        return 0.2126 * linear(2 * BITS) + 0.7152 * linear(BITS) + 0.0722 * linear(0);
    }

    private double linear(int shift) {
        double encoded = (rgb >> shift & 0xFF) / 255.0;
        return encoded <= 0.04045 ? encoded / 12.92 : Math.pow((encoded + 0.055) / 1.055, 2.4);
    }

    public Shade shade() {
        double red = linear(2 * BITS);
        double green = linear(BITS);
        double blue = linear(0);
        double l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
        double m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
        double s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
        double lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
        double a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
        double b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
        return new Shade(lightness, Math.hypot(a, b), (Math.toDegrees(Math.atan2(b, a)) + 360) % 360);
    }
}
