package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.web.page.Chart.Series;

/// A chart over days. Today is marked as not over yet.
public final class DaysChart {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("MMM d, yyyy", Locale.ENGLISH);

    private DaysChart() {}

    /// @param zone whose days they are
    public static Chart of(String label, List<LocalDate> days, List<Series> series, LocalDate today, ZoneId zone) {
        return Chart.of(
                label,
                story(days, series),
                "Day (" + Words.nameOf(zone) + ")",
                days.stream()
                        .map(day -> new Chart.Step(DAY_OF_YEAR.format(day), day.toString()))
                        .toList(),
                belows(days),
                series,
                !days.isEmpty() && days.getLast().equals(today) ? Optional.of("Today so far") : Optional.empty());
    }

    /// Draws series upon each other, so that the uppermost line is their sum.
    public static Chart stacked(String label, List<LocalDate> days, List<Series> series, LocalDate today, ZoneId zone) {
        var sums = new ArrayList<Series>();
        List<Long> below = Collections.nCopies(days.size(), 0L);
        for (Series one : series) {
            List<Long> lower = below;
            below = IntStream.range(0, days.size())
                    .mapToObj(i -> lower.get(i) + one.counts().get(i))
                    .toList();
            sums.add(new Series(one.name(), below));
        }
        return of(label, days, sums, today, zone).stackedAs(of(label, days, series, today, zone));
    }

    private static List<String> belows(List<LocalDate> days) {
        return days.size() < 3
                ? days.stream().map(DAY::format).toList()
                : List.of(
                        DAY.format(days.getFirst()), DAY.format(days.get(days.size() / 2)), DAY.format(days.getLast()));
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
}
