package dev.banyan.analytics;

import dev.banyan.platform.web.page.Words;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A line chart over days, and the table behind it.
///
/// @param label title for screen readers
/// @param story text alternative for screen readers
/// @param grid vertical positions of the grid lines, from the top
/// @param lefts labels of the grid lines
/// @param belows labels of the horizontal axis
record DaysChart(
        String label,
        String story,
        List<Line> lines,
        List<String> grid,
        List<String> lefts,
        List<String> belows,
        List<Row> rows) {

    /// A line of the chart; `series` is its colour in the stylesheet, `end` its last point.
    record Line(String name, int series, String path, String area, String end) {}

    /// A day in the table, newest first.
    record Row(String day, String machine, List<String> counts) {}

    /// A data series: a name, and a number for each day.
    record Series(String name, List<Long> counts) {}

    private static final double HEIGHT = 40;
    private static final double WIDTH = 100;
    private static final int PARTS = 4;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("MMM d, yyyy", Locale.ENGLISH);

    static DaysChart of(String label, List<LocalDate> days, List<Series> series) {
        long most = series.stream()
                .flatMap(one -> one.counts().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        long top = roundedUp(most);
        var lines = new ArrayList<Line>();
        for (int i = 0; i < series.size(); i++) {
            lines.add(line(series.get(i), i + 1, top));
        }
        return new DaysChart(
                label,
                story(days, series),
                List.copyOf(lines),
                heights(),
                lefts(top),
                belows(days),
                rows(days, series));
    }

    /// Returns a small line without axes.
    static Line spark(List<Long> counts) {
        return line(
                new Series("", counts),
                1,
                Math.max(1, counts.stream().mapToLong(Long::longValue).max().orElse(1)));
    }

    private static Line line(Series series, int number, long top) {
        var path = new StringBuilder();
        List<Long> counts = series.counts();
        for (int i = 0; i < counts.size(); i++) {
            path.append(i == 0 ? "M" : "L")
                    .append(number(WIDTH * i / Math.max(1, counts.size() - 1)))
                    .append(' ')
                    .append(y(counts.get(i), top));
        }
        if (counts.size() == 1) {
            path.append("L").append(number(WIDTH)).append(' ').append(y(counts.getFirst(), top));
        }
        String area = path + "L" + number(WIDTH) + " " + number(HEIGHT) + "L0 " + number(HEIGHT) + "Z";
        String end = "M" + number(WIDTH) + " " + y(counts.isEmpty() ? 0 : counts.getLast(), top) + "h0";
        return new Line(series.name(), number, path.toString(), area, end);
    }

    private static String y(long count, long top) {
        return number(HEIGHT - HEIGHT * count / top);
    }

    private static List<String> heights() {
        var heights = new ArrayList<String>();
        for (int part = 0; part <= PARTS; part++) {
            heights.add(number(HEIGHT * part / PARTS));
        }
        return List.copyOf(heights);
    }

    private static List<String> lefts(long top) {
        var words = new ArrayList<String>();
        for (int part = 0; part <= PARTS; part++) {
            words.add(Words.grouped(top * (PARTS - part) / PARTS));
        }
        return List.copyOf(words);
    }

    private static List<String> belows(List<LocalDate> days) {
        return days.size() < 3
                ? days.stream().map(DAY::format).toList()
                : List.of(
                        DAY.format(days.getFirst()), DAY.format(days.get(days.size() / 2)), DAY.format(days.getLast()));
    }

    /// Rounds up to 4, 8, 20, 40, 80, 200…, so that a quarter is a whole number.
    private static long roundedUp(long most) {
        long top = PARTS;
        int turn = 0;
        while (top < most) {
            top = turn % 3 == 1 ? top / 2 * 5 : top * 2;
            turn++;
        }
        return top;
    }

    private static String story(List<LocalDate> days, List<Series> series) {
        var story = new StringBuilder();
        for (Series one : series) {
            long sum = one.counts().stream().mapToLong(Long::longValue).sum();
            int best = 0;
            for (int i = 1; i < one.counts().size(); i++) {
                best = one.counts().get(i) > one.counts().get(best) ? i : best;
            }
            story.append(one.name()).append(": ").append(Words.grouped(sum));
            if (sum > 0) {
                story.append(", peak ")
                        .append(Words.grouped(one.counts().get(best)))
                        .append(" on ")
                        .append(DAY.format(days.get(best)));
            }
            story.append(". ");
        }
        return story.toString().strip();
    }

    private static List<Row> rows(List<LocalDate> days, List<Series> series) {
        var rows = new ArrayList<Row>();
        for (int i = days.size() - 1; i >= 0; i--) {
            int at = i;
            rows.add(new Row(
                    DAY_OF_YEAR.format(days.get(i)),
                    days.get(i).toString(),
                    series.stream()
                            .map(one -> Words.grouped(one.counts().get(at)))
                            .toList()));
        }
        return List.copyOf(rows);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
}
