package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.Words;

/// Requests per day as a line chart. The last one is today.
final class KeyChart {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);

    private KeyChart() {}

    /// Builds the chart from at least two days, oldest first, if there were requests.
    ///
    /// @param zone whose days they are
    static Optional<Chart> of(Map<LocalDate, Long> days, ZoneId zone) {
        List<LocalDate> dates = List.copyOf(days.keySet());
        long most = days.values().stream().mapToLong(Long::longValue).max().orElse(0);
        if (most == 0) {
            return Optional.empty();
        }
        return Optional.of(Chart.of(
                "Requests per day",
                total(days) + " in the last " + dates.size() + " days, at most " + Words.grouped(most) + " a day.",
                "Day (" + Words.nameOf(zone) + ")",
                dates.stream()
                        .map(day -> new Chart.Step(DAY.format(day), day.toString()))
                        .toList(),
                List.of(
                        DAY.format(dates.getFirst()),
                        DAY.format(dates.get(dates.size() / 2)),
                        DAY.format(dates.getLast())),
                List.of(new Chart.Series("Requests", List.copyOf(days.values()))),
                Optional.of("Today so far")));
    }

    /// Returns the total in words.
    static String total(Map<LocalDate, Long> days) {
        return Words.count(days.values().stream().mapToLong(Long::longValue).sum(), "request", "requests");
    }
}
