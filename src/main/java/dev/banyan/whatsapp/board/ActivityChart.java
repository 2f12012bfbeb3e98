package dev.banyan.whatsapp.board;

import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.SenderHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// A chart of a sender's activity with three lines, and the table behind it. Days and hours are in UTC.
///
/// @param grid vertical positions of the grid lines, from the top
/// @param lefts labels of the grid lines
/// @param belows labels of the horizontal axis
/// @param story text alternative for screen readers
record ActivityChart(
        Period period,
        List<Line> lines,
        List<String> grid,
        List<String> lefts,
        List<String> belows,
        String story,
        List<Row> rows,
        long sent,
        long delivered,
        long failed,
        long received,
        String waited) {

    /// How far back the chart goes, and its steps.
    enum Period {
        DAY("24 hours", 24, Duration.ofHours(1), "HH:mm"),
        WEEK("7 days", 28, Duration.ofHours(6), "MMM d HH:mm"),
        MONTH("30 days", 30, Duration.ofDays(1), "MMM d");

        private final String label;
        private final int steps;
        private final Duration step;
        private final DateTimeFormatter time;

        Period(String label, int steps, Duration step, String time) {
            this.label = label;
            this.steps = steps;
            this.step = step;
            this.time = DateTimeFormatter.ofPattern(time, Locale.ENGLISH).withZone(ZoneOffset.UTC);
        }

        public String label() {
            return label;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Period of(String key) {
            return Arrays.stream(values())
                    .filter(period -> period.key().equals(key))
                    .findFirst()
                    .orElse(DAY);
        }

        /// Returns the start of the period. Steps are whole; the last one is still in progress.
        Instant begin(Instant now) {
            long step = this.step.toMillis();
            Instant last = this == DAY
                    ? Instant.ofEpochMilli(now.toEpochMilli() / step * step)
                    : LocalDate.ofInstant(now, ZoneOffset.UTC)
                            .atStartOfDay()
                            .toInstant(ZoneOffset.UTC)
                            .plus(this == WEEK ? this.step.multipliedBy(hour(now) / 6) : Duration.ZERO);
            return last.minus(this.step.multipliedBy(steps - 1L));
        }

        private static int hour(Instant now) {
            return now.atZone(ZoneOffset.UTC).getHour();
        }
    }

    /// One line of the chart; `series` is its colour in the stylesheet.
    record Line(String name, int series, String path, String area, boolean dashed) {}

    /// One step in the table.
    record Row(String from, String machine, String sent, String delivered, String failed, String received) {}

    private static final double HEIGHT = 40;
    private static final double WIDTH = 100;
    private static final int PARTS = 4;

    static ActivityChart of(List<SenderHours> hours, Period period, Instant now) {
        List<SenderHours> steps = gathered(hours, period, period.begin(now));
        long most = steps.stream()
                .mapToLong(step -> Math.max(step.sent(), Math.max(step.delivered(), step.failed())))
                .max()
                .orElse(0);
        long top = roundedUp(most);
        SenderHours all = steps.stream().reduce(SenderHours.none(now), SenderHours::plus);
        return new ActivityChart(
                period,
                List.of(
                        line("Sent", 1, steps, SenderHours::sent, top, false),
                        line("Delivered", 2, steps, SenderHours::delivered, top, true),
                        line("Failed", 3, steps, SenderHours::failed, top, false)),
                heights(),
                lefts(top),
                List.of(
                        period.time.format(steps.getFirst().hour()),
                        period.time.format(steps.get(steps.size() / 2).hour()),
                        "now"),
                story(period, steps, all),
                steps.reversed().stream()
                        .map(step -> new Row(
                                period.time.format(step.hour()),
                                step.hour().toString(),
                                Words.grouped(step.sent()),
                                Words.grouped(step.delivered()),
                                Words.grouped(step.failed()),
                                Words.grouped(step.received())))
                        .toList(),
                all.sent(),
                all.delivered(),
                all.failed(),
                all.received(),
                all.sent() == 0 ? "–" : seconds(all.waited().toMillis() / 1000.0 / all.sent()));
    }

    private static List<SenderHours> gathered(List<SenderHours> hours, Period period, Instant begin) {
        var steps = new ArrayList<SenderHours>();
        for (int i = 0; i < period.steps; i++) {
            Instant from = begin.plus(period.step.multipliedBy(i));
            Instant until = from.plus(period.step);
            steps.add(hours.stream()
                    .filter(hour -> !hour.hour().isBefore(from) && hour.hour().isBefore(until))
                    .reduce(SenderHours.none(from), SenderHours::plus));
        }
        return steps;
    }

    private static Line line(
            String name,
            int series,
            List<SenderHours> steps,
            ToLongFunction<SenderHours> what,
            long top,
            boolean dash) {
        var path = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            double x = WIDTH * i / (steps.size() - 1);
            double y = HEIGHT - HEIGHT * what.applyAsLong(steps.get(i)) / top;
            path.append(i == 0 ? "M" : "L").append(number(x)).append(' ').append(number(y));
        }
        String area = path + "L" + number(WIDTH) + " " + number(HEIGHT) + "L0 " + number(HEIGHT) + "Z";
        return new Line(name, series, path.toString(), area, dash);
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

    private static String story(Period period, List<SenderHours> steps, SenderHours all) {
        if (all.sent() + all.failed() + all.delivered() == 0) {
            return "No messages sent in the last " + period.label() + ".";
        }
        SenderHours busiest = steps.stream()
                .reduce((one, other) -> other.sent() > one.sent() ? other : one)
                .orElseThrow();
        return "In the last " + period.label() + ", " + Words.count(all.sent(), "message was", "messages were")
                + " sent, "
                + Words.grouped(all.delivered()) + " delivered and " + Words.grouped(all.failed())
                + " failed. The busiest time, with " + Words.grouped(busiest.sent()) + " sent, began at "
                + period.time.format(busiest.hour()) + ".";
    }

    private static String seconds(double seconds) {
        return seconds < 10 ? String.format(Locale.ROOT, "%.1f s", seconds) : Math.round(seconds) + " s";
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    public String sentText() {
        return Words.grouped(sent);
    }

    public String deliveredText() {
        return Words.grouped(delivered);
    }

    public String failedText() {
        return Words.grouped(failed);
    }

    public String receivedText() {
        return Words.grouped(received);
    }
}
