package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.web.page.Chart;

/// A chart of views by hour of the day.
final class HoursChart {

    private HoursChart() {}

    static Chart of(List<Long> counts) {
        int best = 0;
        var hours = new ArrayList<Chart.Step>();
        for (int hour = 0; hour < counts.size(); hour++) {
            best = counts.get(hour) > counts.get(best) ? hour : best;
            hours.add(new Chart.Step(hour + ":00", String.format(Locale.ROOT, "%02d:00", hour)));
        }
        return Chart.of(
                        "Views by hour of the day",
                        "Most views are from " + best + ":00 to " + (best + 1) + ":00 UTC.",
                        "Hour (UTC)",
                        hours,
                        List.of("0:00", "6:00", "12:00", "18:00", "23:00"),
                        List.of(new Chart.Series("Views", counts)),
                        Optional.empty())
                .oldestFirst();
    }
}
