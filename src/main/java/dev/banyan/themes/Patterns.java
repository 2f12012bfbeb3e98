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

    /// Returns a drawing as a background image. It is drawn once, in a corner or at an edge, where no text begins.
    ///
    /// @param fit how it fills its place: a value of `preserveAspectRatio`
    /// @param shapes SVG with single quotes
    private static String drawing(int width, int height, String fit, String shapes) {
        String svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 " + width + " " + height
                + "' preserveAspectRatio='" + fit + "'>" + shapes + "</svg>";
        return "url(\"data:image/svg+xml,"
                + svg.replace("#", "%23").replace("<", "%3C").replace(">", "%3E") + "\")";
    }

    /// Returns a branch with blossoms that hangs into the top right corner.
    static String branch(HexColor wood, HexColor petals, HexColor hearts) {
        String blossom = "<g id='b'><g fill='" + petals + "'><circle cy='-9' r='8'/><circle cx='9' cy='-3' r='8'/>"
                + "<circle cx='5' cy='8' r='8'/><circle cx='-5' cy='8' r='8'/><circle cx='-9' cy='-3' r='8'/></g>"
                + "<circle r='4' fill='" + hearts + "'/></g>";
        return drawing(
                240,
                240,
                "xMaxYMin",
                "<g fill='none' stroke='" + wood + "' stroke-width='4' stroke-linecap='round'>"
                        + "<path d='M240 16c-50 4-84 10-132 44M196 22c-6 30-2 58 18 84M150 36c-18-8-34-10-52-8'/></g>"
                        + "<defs>" + blossom + "</defs><use href='#b' x='108' y='62'/><use href='#b' x='96' y='28'/>"
                        + "<use href='#b' x='214' y='108'/><use href='#b' x='192' y='66'/>"
                        + "<use href='#b' x='148' y='32'/><use href='#b' x='226' y='26'/>"
                        + "<circle cx='170' cy='96' r='5' fill='" + petals + "'/><circle cx='130' cy='112' r='4' fill='"
                        + petals + "'/>");
    }

    /// Returns some cells of a comb that hang into the top right corner.
    static String comb(HexColor wax, HexColor honey) {
        String cell = "<path id='c' d='M0-26 22-13V13L0 26-22 13V-13Z'/>";
        return drawing(
                240,
                220,
                "xMaxYMin",
                "<defs>" + cell + "</defs><g fill='" + wax + "'><use href='#c' x='216' y='18'/>"
                        + "<use href='#c' x='168' y='18'/><use href='#c' x='192' y='59'/><use href='#c' x='240' y='59'/>"
                        + "<use href='#c' x='216' y='100'/><use href='#c' x='240' y='141'/></g><g fill='" + honey
                        + "'><use href='#c' x='120' y='18'/><use href='#c' x='144' y='59'/>"
                        + "<use href='#c' x='192' y='141'/></g>");
    }

    /// Returns layers of stone, one below the other, with a vein of crystal.
    static String strata(HexColor sand, HexColor clay, HexColor slate, HexColor vein) {
        return drawing(
                800,
                300,
                "none",
                "<path fill='" + sand + "' d='M0 70c150-50 260 20 420-10s250-40 380 0v240H0z'/><path fill='" + clay
                        + "' d='M0 140c120 30 240-50 400-20s260 50 400 0v180H0z'/><path fill='" + vein
                        + "' d='M0 196c160-40 260 30 420 0s240-30 380 6v14c-140-40-240-30-380 0s-260 50-420 0z'/>"
                        + "<path fill='" + slate + "' d='M0 232c180-40 300 20 440 0s220-20 360 10v58H0z'/>");
    }

    /// Returns a crystal with its facets.
    static String crystal(HexColor light, HexColor middle, HexColor dark) {
        return drawing(
                200,
                200,
                "xMaxYMin",
                "<path fill='" + middle + "' d='M118-6 96 62l40 66 34-58-8-76z'/><path fill='" + light
                        + "' d='M118-6 96 62l42-14 24-54zM170 70l-8-76h60v60z'/><path fill='" + dark
                        + "' d='M138 48l-2 80 34-58-8-76zM170 70l52-16v70l-30 20z'/><path fill='" + middle
                        + "' d='M170 70l22 74-46 10z'/>");
    }

    /// Returns clouds seen from above, which fill the lower edge.
    static String clouds(HexColor far, HexColor near) {
        return drawing(
                800,
                240,
                "xMidYMin slice",
                "<path fill='" + far
                        + "' d='M0 120a70 70 0 0 1 120-30 90 90 0 0 1 160-14 80 80 0 0 1 140 18 100 100 0 0 1 "
                        + "170-8 80 80 0 0 1 130 14 60 60 0 0 1 80 20v120H0z'/><path fill='" + near
                        + "' d='M0 190a80 80 0 0 1 140-16 70 70 0 0 1 120-6 110 110 0 0 1 190-6 70 70 0 0 1 120 8 90 90 0 0 1 "
                        + "150-8 60 60 0 0 1 80 10v70H0z'/>");
    }

    /// Returns a paper plane with its trail.
    static String plane(HexColor paper, HexColor fold, HexColor trail) {
        return drawing(
                240,
                160,
                "xMaxYMin",
                "<path fill='none' stroke='" + trail
                        + "' stroke-width='3' stroke-linecap='round' stroke-dasharray='1 11' "
                        + "d='M30 150c10-50 60-70 84-44s-22 50-34 26 24-60 86-62'/><path fill='" + paper
                        + "' d='M224 24 150 60l24 12z'/><path fill='" + fold
                        + "' d='M224 24l-50 48 4 30z'/><path fill='"
                        + paper + "' d='M224 24l-34 54 24 14z'/>");
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
