package dev.banyan.themes;

import module java.base;

/// A colour of an appearance, with contrast as defined by WCAG.
///
/// @param rgb eight bits each
public record HexColor(int rgb) {

    /// The contrast required for text of normal size (WCAG 2.2, 1.4.3).
    static final double READABLE = 4.5;

    static final HexColor BLACK = new HexColor(0x000000);
    static final HexColor WHITE = new HexColor(0xFFFFFF);

    private static final Pattern HEX = Pattern.compile("#[0-9A-Fa-f]{6}");
    private static final int BITS = 8;
    private static final int STEPS = 50;

    /// @param typed `#0b5d4e` in upper or lower case; other forms are invalid
    public static Optional<HexColor> parse(String typed) {
        return HEX.matcher(typed).matches()
                ? Optional.of(new HexColor(Integer.parseInt(typed.substring(1), 16)))
                : Optional.empty();
    }

    static HexColor of(String hex) {
        return parse(hex).orElseThrow(() -> new IllegalArgumentException("Not a color: " + hex));
    }

    /// Returns `#0b5d4e`.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }

    /// Returns `rgba(11,93,78,.35)`.
    String css(double alpha) {
        return String.format(Locale.ROOT, "rgba(%d,%d,%d,%.2f)", channel(2), channel(1), channel(0), alpha);
    }

    /// Returns the contrast, from 1 to 21.
    public double contrast(HexColor other) {
        double one = luminance();
        double two = other.luminance();
        return (Math.max(one, two) + .05) / (Math.min(one, two) + .05);
    }

    boolean isDark() {
        return contrast(WHITE) > contrast(BLACK);
    }

    /// Returns the colour that results if this colour is drawn over another one.
    ///
    /// @param alpha opacity of this colour, 0 to 1
    HexColor over(HexColor ground, double alpha) {
        int mixed = 0;
        for (int place = 2; place >= 0; place--) {
            long part = Math.round(channel(place) * alpha + ground.channel(place) * (1 - alpha));
            mixed = mixed << BITS | (int) part;
        }
        return new HexColor(mixed);
    }

    private int channel(int place) {
        return rgb >> place * BITS & 0xFF;
    }

    private double luminance() {
        return 0.2126 * linear(2) + 0.7152 * linear(1) + 0.0722 * linear(0);
    }

    private double linear(int place) {
        double encoded = channel(place) / 255.0;
        return encoded <= 0.04045 ? encoded / 12.92 : Math.pow((encoded + 0.055) / 1.055, 2.4);
    }

    /// Returns the nearest colour, towards black or white, that fulfils the condition; empty if there is none.
    Optional<HexColor> nearest(java.util.function.Predicate<HexColor> wish) {
        for (int step = 0; step <= STEPS; step++) {
            double part = step / (double) STEPS;
            HexColor darker = BLACK.over(this, part);
            HexColor lighter = WHITE.over(this, part);
            if (wish.test(darker)) {
                return Optional.of(darker);
            }
            if (wish.test(lighter)) {
                return Optional.of(lighter);
            }
        }
        return Optional.empty();
    }
}
