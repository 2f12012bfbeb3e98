package dev.banyan.analytics;

import dev.banyan.platform.web.page.Words;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// A chart of views by hour of the day.
final class HoursChart {

    private HoursChart() {}

    static DaysChart of(List<Long> counts) {
        var drawn = DaysChart.of(
                "Views by hour of the day",
                Collections.nCopies(counts.size(), LocalDate.EPOCH),
                List.of(new DaysChart.Series("Views", counts)));
        int best = 0;
        var rows = new ArrayList<DaysChart.Row>();
        for (int hour = 0; hour < counts.size(); hour++) {
            best = counts.get(hour) > counts.get(best) ? hour : best;
            rows.add(new DaysChart.Row(
                    hour + ":00",
                    String.format(Locale.ROOT, "%02d:00", hour),
                    List.of(Words.grouped(counts.get(hour)))));
        }
        return new DaysChart(
                drawn.label(),
                "Most views are from " + best + ":00 to " + (best + 1) + ":00 UTC.",
                drawn.lines(),
                drawn.grid(),
                drawn.lefts(),
                List.of("0:00", "6:00", "12:00", "18:00", "23:00"),
                List.copyOf(rows));
    }
}
