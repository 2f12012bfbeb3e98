import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// Lines over minutes, one panel below the other, as SVG for light and dark surroundings.
final class Chart {

    private static final List<String> COLORS =
            List.of("#3b82c4", "#d9772b", "#2e9e6b", "#c2509e", "#8a6fd1", "#b8931a", "#7a8794", "#d05a5a");
    private static final int LEFT = 64;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 120;
    private static final int LEGEND = 170;
    private static final int BETWEEN = 56;
    private static final int TOP = 64;
    private static final int TICKS = 4;
    private static final int LEGEND_STEP = 15;

    /// @param values one for each minute; not a number where there is none
    record Line(String name, List<Double> values) {}

    private final List<Double> minutes;
    private final List<String> panels = new ArrayList<>();

    Chart(List<Double> minutes) {
        this.minutes = minutes;
    }

    /// @param isLog whether each step upwards is a multiple
    void panel(String title, boolean isLog, List<Line> lines) {
        int top = TOP + panels.size() * (HEIGHT + BETWEEN);
        double[] values = lines.stream()
                .flatMapToDouble(line -> line.values().stream().mapToDouble(it -> it))
                .filter(value -> !Double.isNaN(value) && (!isLog || value > 0))
                .toArray();
        double most = DoubleStream.of(values).max().orElse(1);
        double low = isLog ? Math.pow(10, Math.floor(Math.log10(DoubleStream.of(values).min().orElse(1)))) : 0;
        double high = isLog ? Math.max(low * 10, Math.pow(10, Math.ceil(Math.log10(most)))) : Math.max(most, 1e-3) * 1.05;
        var text = new StringBuilder(text(LEFT, top - 8, "title", "start", title));
        for (double tick : ticks(low, high, isLog)) {
            double y = y(top, low, high, isLog, tick);
            text.append(path("grid", "", "M" + LEFT + " " + round(y) + "h" + WIDTH));
            text.append(text(LEFT - 6, y + 4, "label", "end", label(tick)));
        }
        for (double minute : ticks(0, lastMinute(), false)) {
            double x = x(minute);
            text.append(path("grid", "", "M" + round(x) + " " + (top + HEIGHT) + "v4"));
            text.append(text(x, top + HEIGHT + 17, "label", "middle", label(minute)));
        }
        text.append(text(LEFT + WIDTH, top + HEIGHT + 31, "label", "end", "minutes"));
        for (int i = 0; i < lines.size(); i++) {
            String color = COLORS.get(i % COLORS.size());
            text.append(drawn(lines.get(i), color, top, low, high, isLog));
            int y = top + 8 + i * LEGEND_STEP;
            text.append(path("line", color, "M" + (LEFT + WIDTH + 12) + " " + (y - 4) + "h14"));
            text.append(text(LEFT + WIDTH + 31, y, "label", "start", lines.get(i).name()));
        }
        panels.add(text.toString());
    }

    /// With a point where a line has few values.
    private String drawn(Line line, String color, int top, double low, double high, boolean isLog) {
        var d = new StringBuilder();
        var points = new ArrayList<String>();
        for (int i = 0; i < minutes.size(); i++) {
            double value = line.values().get(i);
            if (!Double.isNaN(value)) {
                String x = round(x(minutes.get(i)));
                String y = round(y(top, low, high, isLog, value));
                d.append(d.isEmpty() ? "M" : "L").append(x).append(" ").append(y);
                points.add("<circle cx=\"" + x + "\" cy=\"" + y + "\" r=\"2.2\" fill=\"" + color + "\"/>\n");
            }
        }
        boolean isSparse = points.size() < 2 || points.size() * 2 < minutes.size();
        return path("line", color, d.toString()) + (isSparse ? String.join("", points) : "");
    }

    String svg(String title) {
        int height = TOP + panels.size() * (HEIGHT + BETWEEN);
        int width = LEFT + WIDTH + LEGEND;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" \
                aria-label="%3$s">
                <style>
                svg { --paper: #ffffff; --ink: #22262b; --grid: #d5d9de; font: 12px system-ui, sans-serif }
                @media (prefers-color-scheme: dark) { svg { --paper: #16191d; --ink: #e3e6ea; --grid: #3a4047 } }
                .paper { fill: var(--paper) } text { fill: var(--ink) } .label { font-size: 11px }
                .title { font-weight: 600 } .head { font-size: 16px; font-weight: 600 }
                .grid { stroke: var(--grid) } .line { fill: none; stroke-width: 1.6; stroke-linejoin: round }
                </style>
                <rect class="paper" width="%1$d" height="%2$d"/>
                """.formatted(width, height, title)
                + text(LEFT, 26, "head", "start", title)
                + String.join("", panels)
                + "</svg>\n";
    }

    private double lastMinute() {
        return minutes.isEmpty() ? 1 : Math.max(1, minutes.getLast());
    }

    private double x(double minute) {
        return LEFT + WIDTH * minute / lastMinute();
    }

    private static double y(int top, double low, double high, boolean isLog, double value) {
        double share = isLog
                ? Math.log10(Math.max(low, value) / low) / Math.log10(high / low)
                : (value - low) / (high - low);
        return top + HEIGHT * (1 - share);
    }

    /// Round numbers: 1, 2 or 5, and zeros.
    private static List<Double> ticks(double low, double high, boolean isLog) {
        var ticks = new ArrayList<Double>();
        if (isLog) {
            for (double tick = low; tick <= high * 1.001; tick *= 10) {
                ticks.add(tick);
            }
            return ticks;
        }
        double size = Math.pow(10, Math.floor(Math.log10((high - low) / TICKS)));
        double step = DoubleStream.of(1, 2, 5, 10)
                .map(it -> it * size)
                .filter(it -> (high - low) / it <= TICKS + 1)
                .findFirst()
                .orElse(size * 10);
        for (int i = 0; low + i * step <= high * 1.001; i++) {
            ticks.add(low + i * step);
        }
        return ticks;
    }

    private static String label(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    private static String round(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String text(double x, double y, String kind, String anchor, String text) {
        return "<text class=\"" + kind + "\" x=\"" + round(x) + "\" y=\"" + round(y) + "\" text-anchor=\"" + anchor + "\">"
                + text + "</text>\n";
    }

    private static String path(String kind, String color, String d) {
        return "<path class=\"" + kind + "\"" + (color.isEmpty() ? "" : " stroke=\"" + color + "\"") + " d=\"" + d
                + "\"/>\n";
    }
}
