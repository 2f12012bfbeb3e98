package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.Chart.Series;
import dev.banyan.platform.web.page.Chart.Style;
import dev.banyan.platform.web.page.ReaderZone;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.history.SenderHours;

/// A chart of a sender's activity with three lines, and its totals. Days and hours are in the reader's time zone; a
/// message counts where its hour in UTC began.
record ActivityChart(Period period, Chart chart, long sent, long delivered, long failed, long received, String waited) {

    /// How far back the chart goes, and its steps.
    enum Period implements Keyed {
        DAY("24 hours", 24, "HH:mm", "This hour so far"),
        WEEK("7 days", 28, "MMM d HH:mm", "These 6 hours so far"),
        MONTH("30 days", 30, "MMM d", "Today so far");

        private static final int HOURS = 6;

        public final String label;
        private final int steps;
        private final DateTimeFormatter time;
        private final String soFar;

        Period(String label, int steps, String time, String soFar) {
            this.label = label;
            this.steps = steps;
            this.time = DateTimeFormatter.ofPattern(time, Locale.ENGLISH);
            this.soFar = soFar;
        }

        static Period of(String key) {
            return Keyed.parse(Period.class, key).orElse(DAY);
        }

        /// Returns the start of the period.
        Instant begin(Instant now) {
            return start(0, now);
        }

        /// Returns the start of a step. Steps are whole; the last one is still in progress.
        private Instant start(int step, Instant now) {
            long before = steps - 1L - step;
            ZoneId zone = ReaderZone.zone();
            LocalDateTime local = LocalDateTime.ofInstant(now, zone);
            return switch (this) {
                case DAY -> now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(before));
                case WEEK ->
                    local.toLocalDate()
                            .atTime(local.getHour() / HOURS * HOURS, 0)
                            .minusHours(HOURS * before)
                            .atZone(zone)
                            .toInstant();
                case MONTH ->
                    local.toLocalDate().minusDays(before).atStartOfDay(zone).toInstant();
            };
        }

        private String words(Instant at) {
            return time.format(at.atZone(ReaderZone.zone()));
        }
    }

    static ActivityChart of(List<SenderHours> hours, Period period, Instant now) {
        List<SenderHours> steps = gathered(hours, period, now);
        SenderHours all = steps.stream().reduce(SenderHours.none(now), SenderHours::plus);
        return new ActivityChart(
                period,
                Chart.of(
                        "Messages in the last " + period.label,
                        story(period, steps, all),
                        "From (" + ReaderZone.name() + ")",
                        steps.stream()
                                .map(step -> new Chart.Step(
                                        period.words(step.hour()), step.hour().toString()))
                                .toList(),
                        List.of(
                                period.words(steps.getFirst().hour()),
                                period.words(steps.get(steps.size() / 2).hour()),
                                period.words(steps.getLast().hour())),
                        List.of(
                                series("Sent", steps, SenderHours::sent, Style.LINE),
                                series("Delivered", steps, SenderHours::delivered, Style.DASHED),
                                series("Failed", steps, SenderHours::failed, Style.LINE),
                                series("Received", steps, SenderHours::received, Style.TABLE)),
                        Optional.of(period.soFar)),
                all.sent(),
                all.delivered(),
                all.failed(),
                all.received(),
                all.sent() == 0 ? "–" : seconds(all.waited().toMillis() / 1000.0 / all.sent()));
    }

    public boolean isEmpty() {
        return sent + delivered + failed + received == 0;
    }

    private static Series series(String name, List<SenderHours> steps, ToLongFunction<SenderHours> what, Style style) {
        return new Series(name, steps.stream().map(what::applyAsLong).toList(), style);
    }

    private static List<SenderHours> gathered(List<SenderHours> hours, Period period, Instant now) {
        var steps = new ArrayList<SenderHours>();
        for (int i = 0; i < period.steps; i++) {
            Instant from = period.start(i, now);
            Instant until = i == period.steps - 1 ? Instant.MAX : period.start(i + 1, now);
            steps.add(hours.stream()
                    .filter(hour -> !hour.hour().isBefore(from) && hour.hour().isBefore(until))
                    .reduce(SenderHours.none(from), SenderHours::plus));
        }
        return steps;
    }

    private static String story(Period period, List<SenderHours> steps, SenderHours all) {
        if (all.sent() + all.failed() + all.delivered() == 0) {
            return "No messages sent in the last " + period.label + ".";
        }
        SenderHours busiest = steps.stream()
                .reduce((one, other) -> other.sent() > one.sent() ? other : one)
                .orElseThrow();
        return "In the last " + period.label + ", " + Words.count(all.sent(), "message was", "messages were")
                + " sent, "
                + Words.grouped(all.delivered()) + " delivered and " + Words.grouped(all.failed())
                + " failed. The busiest time, with " + Words.grouped(busiest.sent()) + " sent, began at "
                + period.words(busiest.hour()) + ".";
    }

    private static String seconds(double seconds) {
        return seconds < 10 ? String.format(Locale.ROOT, "%.1f s", seconds) : Math.round(seconds) + " s";
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
