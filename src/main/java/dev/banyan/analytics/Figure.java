package dev.banyan.analytics;

import dev.banyan.platform.web.page.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// A key figure with its change.
///
/// @param spark its course day by day; empty if not shown
public record Figure(String label, String value, Change change, Optional<DaysChart.Line> spark) {

    /// The change since the preceding period, in words.
    ///
    /// @param icon empty if there is no change
    public record Change(String text, String icon) {}

    private static final Change NONE = new Change("no earlier data", "");

    /// Creates a figure. `before` is empty if the preceding period is not kept.
    static Figure of(
            String label,
            VisitCounts now,
            Optional<VisitCounts> before,
            ToLongFunction<VisitCounts> what,
            List<Long> days) {
        return of(label, now, before, what, Optional.of(DaysChart.spark(days)));
    }

    static Figure of(String label, VisitCounts now, Optional<VisitCounts> before, ToLongFunction<VisitCounts> what) {
        return of(label, now, before, what, Optional.empty());
    }

    private static Figure of(
            String label,
            VisitCounts now,
            Optional<VisitCounts> before,
            ToLongFunction<VisitCounts> what,
            Optional<DaysChart.Line> spark) {
        return new Figure(label, Words.grouped(what.applyAsLong(now)), change(now, before, what), spark);
    }

    /// Creates the click rate: clicks per hundred views.
    static Figure rate(VisitCounts now, Optional<VisitCounts> before) {
        return new Figure(
                "Clicks per 100 views",
                rate(now),
                before.map(tally -> rateChange(now, tally)).orElse(NONE),
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

    static Change change(VisitCounts now, Optional<VisitCounts> before, ToLongFunction<VisitCounts> what) {
        return before.map(tally -> change(what.applyAsLong(now), what.applyAsLong(tally)))
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
