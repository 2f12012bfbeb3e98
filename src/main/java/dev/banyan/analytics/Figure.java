package dev.banyan.analytics;

import module java.base;
import dev.banyan.analytics.VisitCounts.Compared;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.Words;

/// A key figure with its change.
///
/// @param spark its course day by day; empty if not shown
public record Figure(String label, String value, Change change, Optional<Chart.Line> spark) {

    /// The change since as many full days before, in words.
    ///
    /// @param icon empty if there is no change
    public record Change(String text, String icon) {}

    private static final Change NONE = new Change("no earlier data", "");

    static Figure of(
            String label,
            VisitCounts total,
            Optional<Compared> compared,
            ToLongFunction<VisitCounts> what,
            Chart.Line spark) {
        return new Figure(label, Words.grouped(what.applyAsLong(total)), change(compared, what), Optional.of(spark));
    }

    static Figure of(String label, VisitCounts total, Optional<Compared> compared, ToLongFunction<VisitCounts> what) {
        return new Figure(label, Words.grouped(what.applyAsLong(total)), change(compared, what), Optional.empty());
    }

    /// Creates a figure without a change, and a note in its place.
    static Figure of(String label, long value, String note) {
        return new Figure(label, Words.grouped(value), new Change(note, ""), Optional.empty());
    }

    /// Creates the click rate: clicks per hundred views.
    static Figure rate(VisitCounts total, Optional<Compared> compared) {
        return new Figure(
                "Clicks per 100 views",
                rate(total),
                compared.map(both -> rateChange(both.now(), both.before())).orElse(NONE),
                Optional.empty());
    }

    static String rate(VisitCounts tally) {
        return tally.views() == 0 ? "–" : String.format(Locale.ROOT, "%.1f", perHundred(tally));
    }

    private static double perHundred(VisitCounts tally) {
        return 100.0 * tally.clicks() / tally.views();
    }

    private static Change rateChange(VisitCounts now, VisitCounts before) {
        if (now.views() == 0 || before.views() == 0) {
            return NONE;
        }
        double difference = perHundred(now) - perHundred(before);
        String text = String.format(Locale.ROOT, "%.1f", Math.abs(difference));
        if (text.equals("0.0")) {
            return new Change("no change", "");
        }
        return difference > 0 ? new Change("up " + text, "rise") : new Change("down " + text, "fall");
    }

    static Change change(Optional<Compared> compared, ToLongFunction<VisitCounts> what) {
        return compared.map(both -> change(what.applyAsLong(both.now()), what.applyAsLong(both.before())))
                .orElse(NONE);
    }

    static Change change(long now, long before) {
        if (before == 0) {
            return new Change(now == 0 ? "none yet" : "none before", "");
        }
        long percent = Math.round(100.0 * (now - before) / before);
        if (percent == 0) {
            return new Change("no change", "");
        }
        return percent > 0
                ? new Change("up " + Words.grouped(percent) + "%", "rise")
                : new Change("down " + Words.grouped(-percent) + "%", "fall");
    }
}
