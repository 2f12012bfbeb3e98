package dev.banyan.platform.web.page;

import module java.base;

/// A line chart over time, and the table behind it. If the last step of time isn't over yet, the way to it is dotted
/// and it is marked in the axis, the table and the description, so that a day that has just begun doesn't read as a
/// crash.
///
/// @param label title for screen readers
/// @param story text alternative for screen readers
/// @param first heading of the first column of the table
/// @param columns headings of the other columns
/// @param grid vertical positions of the grid lines, from the top
/// @param lefts labels of the grid lines
/// @param belows labels of the horizontal axis
/// @param rows of the table, newest first
/// @param stacked whether the lines are sums of those below them, too
/// @param path of the page that shows one step alone, up to its day; empty if there is none
public record Chart(
        String label,
        String story,
        String first,
        List<String> columns,
        List<Line> lines,
        List<String> grid,
        List<String> lefts,
        List<String> belows,
        List<Row> rows,
        Optional<String> path,
        boolean stacked) {

    /// A line of the chart; `series` is its colour in the stylesheet. `soFar` is the way to the unfinished step, or
    /// empty.
    ///
    /// @param label where its name is written, at its end: from the top in percent, apart from those of other lines
    public record Line(
            String name, int series, boolean dashed, String path, String soFar, String area, String end, String label) {

        /// Returns its path with the unfinished step.
        private String whole() {
            return soFar.isEmpty() ? path : path.isEmpty() ? soFar : path + soFar.substring(soFar.indexOf('L'));
        }

        private Line filled(String band) {
            return new Line(name, series, dashed, path, soFar, band, end, label);
        }

        private Line labelledAt(String y) {
            return new Line(name, series, dashed, path, soFar, area, end, y);
        }
    }

    /// A step of time in the table.
    public record Row(String step, String machine, List<String> counts) {}

    /// A step of time: its name in the table, and the same for programs.
    public record Step(String name, String machine) {}

    /// How a series is drawn. One that often lies upon another is dashed, and so is an earlier time to compare with,
    /// which has a quiet colour; one that is only of interest with its numbers is in the table alone.
    public enum Style {
        LINE,
        DASHED,
        EARLIER,
        TABLE
    }

    /// A data series: a name, and a number for each step.
    public record Series(String name, List<Long> counts, Style style) {
        public Series(String name, List<Long> counts) {
            this(name, counts, Style.LINE);
        }
    }

    /// The colour of an earlier time in the stylesheet.
    private static final int OF_EARLIER = 5;

    /// How far apart the names at the ends of lines are.
    private static final double LABEL = 5;

    private static final double HEIGHT = 40;
    private static final double WIDTH = 100;
    private static final int PARTS = 4;

    /// @param belows labels of the horizontal axis, the last one below the last step
    /// @param soFar the name of the last step if it isn't over yet, such as "Today so far"
    public static Chart of(
            String label,
            String story,
            String first,
            List<Step> steps,
            List<String> belows,
            List<Series> series,
            Optional<String> soFar) {
        List<Series> drawn =
                series.stream().filter(one -> one.style() != Style.TABLE).toList();
        long top = roundedUp(drawn.stream()
                .flatMap(one -> one.counts().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0));
        var lines = new ArrayList<Line>();
        for (Series one : drawn) {
            boolean earlier = one.style() == Style.EARLIER;
            lines.add(line(one, earlier ? OF_EARLIER : lines.size() + 1, top, soFar.isPresent() && !earlier));
        }
        List<Line> labelled = labelled(lines, drawn, top, soFar.isPresent());
        return new Chart(
                label,
                story + soFar.map(step -> " " + lastStep(step, drawn)).orElse(""),
                first,
                series.stream().map(Series::name).toList(),
                labelled,
                heights(),
                lefts(top),
                soFar.isPresent() && !belows.isEmpty() ? marked(belows, soFar.get()) : belows,
                rows(steps, series, soFar.isPresent()),
                Optional.empty(),
                false);
    }

    /// Returns this chart of sums with the numbers of another one, and each area only down to the line below.
    Chart stackedAs(Chart parts) {
        var bands = new ArrayList<Line>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            String floor = i == 0 ? "M0 40L100 40" : lines.get(i - 1).whole();
            bands.add(line.filled(line.whole() + backwards(floor)));
        }
        return new Chart(
                label,
                parts.story(),
                first,
                columns,
                List.copyOf(bands),
                grid,
                lefts,
                belows,
                parts.rows(),
                path,
                true);
    }

    /// Returns the way back along a line, to its beginning.
    private static String backwards(String line) {
        List<String> points = Arrays.asList(line.substring(1).split("L"));
        return "L" + String.join("L", points.reversed()) + "Z";
    }

    /// Whether its lines have their names at their ends: a single one has it in the title.
    public boolean named() {
        return lines.size() > 1;
    }

    /// Returns the same chart whose steps lead to a page each.
    ///
    /// @param path up to the step, such as `/admin/analytics?day=`
    public Chart leadingTo(String path) {
        return new Chart(label, story, first, columns, lines, grid, lefts, belows, rows, Optional.of(path), stacked);
    }

    /// Writes the names at the ends of the lines, the highest first, and none upon another. A step that isn't over yet
    /// is no end.
    private static List<Line> labelled(List<Line> lines, List<Series> drawn, long top, boolean unfinished) {
        record End(int line, double y) {}
        List<End> ends = IntStream.range(0, lines.size())
                .filter(i -> !drawn.get(i).counts().isEmpty())
                .mapToObj(i -> {
                    List<Long> counts = drawn.get(i).counts();
                    int last = counts.size() - (unfinished && counts.size() > 1 ? 2 : 1);
                    return new End(i, y(counts.get(last), top));
                })
                .sorted(Comparator.comparingDouble(End::y)
                        .thenComparing(Comparator.comparingInt(End::line).reversed()))
                .toList();
        var places = new double[lines.size()];
        double below = HEIGHT;
        for (End end : ends.reversed()) { // from the lowest up, so that none falls below the chart
            below = Math.min(end.y(), below);
            places[end.line()] = below;
            below -= LABEL;
        }
        double above = 0;
        for (End end : ends) { // and none rises above it
            places[end.line()] = Math.max(places[end.line()], above);
            above = places[end.line()] + LABEL;
        }
        return IntStream.range(0, lines.size())
                .mapToObj(i -> lines.get(i).labelledAt(number(100 * places[i] / HEIGHT)))
                .toList();
    }

    /// Returns a small line without axes.
    ///
    /// @param unfinished whether the last step isn't over yet
    public static Line spark(List<Long> counts, boolean unfinished) {
        return sparks(List.of(new Series("", counts)), unfinished).getFirst();
    }

    /// Returns small lines without axes, on one scale.
    ///
    /// @param unfinished whether the last step isn't over yet
    public static List<Line> sparks(List<Series> series, boolean unfinished) {
        long most = series.stream()
                .flatMap(one -> one.counts().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(1);
        return IntStream.range(0, series.size())
                .mapToObj(i -> line(series.get(i), i + 1, Math.max(1, most), unfinished))
                .toList();
    }

    private static Line line(Series series, int number, long top, boolean unfinished) {
        List<Long> counts = series.counts();
        int last = counts.size() - 1;
        var points = new ArrayList<String>();
        for (int i = 0; i <= last; i++) {
            points.add(point(WIDTH * i / Math.max(1, last), counts.get(i), top));
        }
        if (last == 0) {
            points.add(point(WIDTH, counts.getFirst(), top)); // a single step is a level line
        }
        int finished = unfinished ? Math.max(0, points.size() - 1) : points.size();
        String path = path(points.subList(0, finished == 1 ? 0 : finished));
        String soFar = unfinished && points.size() > 1 ? path(points.subList(points.size() - 2, points.size())) : "";
        String area = path.isEmpty()
                ? ""
                : path + "L" + points.get(finished - 1).replaceFirst(" .*", " ") + number(HEIGHT) + "L0 "
                        + number(HEIGHT) + "Z";
        String end = points.isEmpty() ? "" : "M" + points.getLast() + "h0";
        return new Line(series.name(), number, series.style() != Style.LINE, path, soFar, area, end, "0");
    }

    private static String path(List<String> points) {
        return points.isEmpty() ? "" : "M" + String.join("L", points);
    }

    private static String point(double x, long count, long top) {
        return number(x) + " " + number(y(count, top));
    }

    private static double y(long count, long top) {
        return HEIGHT - HEIGHT * count / top;
    }

    private static String lastStep(String name, List<Series> series) {
        return name + ": "
                + series.stream()
                        .filter(one -> one.style() != Style.EARLIER)
                        .map(one -> one.name().toLowerCase(Locale.ROOT) + " "
                                + Words.grouped(
                                        one.counts().isEmpty()
                                                ? 0
                                                : one.counts().getLast()))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static List<String> marked(List<String> belows, String soFar) {
        var marked = new ArrayList<>(belows);
        marked.set(marked.size() - 1, soFar);
        return List.copyOf(marked);
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

    private static List<Row> rows(List<Step> steps, List<Series> series, boolean unfinished) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < steps.size(); i++) {
            int at = i;
            boolean soFar = unfinished && i == steps.size() - 1;
            rows.add(new Row(
                    steps.get(i).name() + (soFar ? " (so far)" : ""),
                    steps.get(i).machine(),
                    series.stream()
                            .map(one -> Words.grouped(one.counts().get(at)))
                            .toList()));
        }
        Collections.reverse(rows);
        return List.copyOf(rows);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
}
