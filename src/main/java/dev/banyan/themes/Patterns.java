package dev.banyan.themes;

import dev.banyan.themes.Appearance.PatternType;

/// Small repeating background drawings, as values of CSS `background`. They consist of colours, without user input.
final class Patterns {

    private static final String SVG = "url(\"data:image/svg+xml,%%3Csvg xmlns='http://www.w3.org/2000/svg' width='%d' "
            + "height='%d'%%3E%s%%3C/svg%%3E\")";

    private Patterns() {}

    static String of(PatternType type, HexColor color) {
        return switch (type) {
            case GRID ->
                "linear-gradient(" + color + " 1px,transparent 1px) 0 0/32px 32px,linear-gradient(90deg," + color
                        + " 1px,transparent 1px) 0 0/32px 32px";
            case DOTS -> "radial-gradient(" + color + " 2px,transparent 2.5px) 0 0/22px 22px";
            case LINES -> "repeating-linear-gradient(45deg," + color + " 0 2px,transparent 2px 16px)";
            case WAVES -> waves(color);
            case GEOMETRIC ->
                svg(
                        48,
                        48,
                        stroke(color, 2) + "d='M24 4l20 20-20 20L4 24zM0 0l6 6M48 0l-6 6M0 48l6-6M48 48l-6-6'/%%3E");
            case HONEY -> honey(color);
        };
    }

    static String waves(HexColor color) {
        return svg(80, 24, stroke(color, 2) + "d='M0 12c13-12 27-12 40 0s27 12 40 0'/%%3E");
    }

    static String honey(HexColor color) {
        return svg(56, 97, stroke(color, 2) + "d='M28 0v16l28 16v33L28 81v16M28 81 0 65V32l28-16'/%%3E");
    }

    /// Returns a pattern of scattered flowers with five petals.
    static String flowers(HexColor petals, HexColor hearts) {
        String petal = "%%3Cg fill='" + encoded(petals) + "'%%3E" + flower(30, 34, 11) + flower(104, 92, 15)
                + flower(36, 140, 8) + "%%3C/g%%3E";
        String heart = "%%3Cg fill='" + encoded(hearts) + "'%%3E%%3Ccircle cx='30' cy='34' r='6'/%%3E"
                + "%%3Ccircle cx='104' cy='92' r='8'/%%3E%%3Ccircle cx='36' cy='140' r='5'/%%3E%%3C/g%%3E";
        return svg(150, 170, petal + heart);
    }

    private static String flower(int x, int y, int size) {
        var petals = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            double angle = Math.toRadians(72.0 * i - 90);
            petals.append("%%3Ccircle cx='")
                    .append(Math.round(x + size * Math.cos(angle)))
                    .append("' cy='")
                    .append(Math.round(y + size * Math.sin(angle)))
                    .append("' r='")
                    .append(Math.round(size * .72))
                    .append("'/%%3E");
        }
        return petals.toString();
    }

    /// Returns two waves, one behind the other, across the width of the page.
    static String swells(HexColor behind, HexColor before) {
        return "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 800 240' "
                + "preserveAspectRatio='none'%3E%3Cpath fill='" + encoded(behind)
                + "' d='M0 70c140-60 260 50 400 10s260-60 400 0v160H0z'/%3E%3Cpath fill='" + encoded(before)
                + "' d='M0 150c120-40 260 40 420 0s260-30 380 10v80H0z'/%3E%3C/svg%3E\")";
    }

    private static String stroke(HexColor color, int width) {
        return "%%3Cpath fill='none' stroke='" + encoded(color) + "' stroke-width='" + width + "' ";
    }

    private static String encoded(HexColor color) {
        return color.toString().replace("#", "%23");
    }

    private static String svg(int width, int height, String content) {
        return String.format(SVG, width, height, content.replace("%%", "%"));
    }
}
