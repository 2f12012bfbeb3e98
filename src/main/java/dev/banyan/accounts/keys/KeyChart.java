package dev.banyan.accounts.keys;

import dev.banyan.platform.web.page.Words;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Requests per day as a line chart, with the table behind it. Days are UTC; the last one is today.
///
/// @param story the text alternative of the chart
record KeyChart(
        String path, String area, List<String> lefts, List<String> belows, String story, List<Row> rows, String sum) {

    /// One day of the table.
    record Row(String day, String machine, String requests) {}

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);
    private static final double HEIGHT = 40;
    private static final double WIDTH = 100;
    private static final int PARTS = 4;

    /// Builds the chart from at least two days, oldest first.
    static KeyChart of(Map<LocalDate, Long> days) {
        List<Map.Entry<LocalDate, Long>> entries = List.copyOf(days.entrySet());
        long most = entries.stream().mapToLong(Map.Entry::getValue).max().orElse(0);
        long sum = entries.stream().mapToLong(Map.Entry::getValue).sum();
        long top = roundedUp(most);
        var path = new StringBuilder();
        for (int i = 0; i < entries.size(); i++) {
            double x = WIDTH * i / (entries.size() - 1);
            double y = HEIGHT - HEIGHT * entries.get(i).getValue() / top;
            path.append(String.format(Locale.ROOT, "%s%.2f %.2f", i == 0 ? "M" : "L", x, y));
        }
        var lefts = new ArrayList<String>();
        for (int part = PARTS; part >= 0; part--) {
            lefts.add(Words.grouped(top * part / PARTS));
        }
        return new KeyChart(
                path.toString(),
                path + "L100 40L0 40Z",
                List.copyOf(lefts),
                List.of(
                        DAY.format(entries.getFirst().getKey()),
                        DAY.format(entries.get(entries.size() / 2).getKey()),
                        "today"),
                sum == 0
                        ? "No requests in the last " + entries.size() + " days."
                        : Words.count(sum, "request", "requests") + " in the last " + entries.size() + " days, at most "
                                + Words.grouped(most) + " a day.",
                entries.reversed().stream()
                        .map(entry -> new Row(
                                DAY.format(entry.getKey()), entry.getKey().toString(), Words.grouped(entry.getValue())))
                        .toList(),
                Words.count(sum, "request", "requests"));
    }

    /// Rounds up to 4, 8, 20, 40, 80, 200…, so that each quarter is a whole number.
    private static long roundedUp(long most) {
        long top = PARTS;
        for (int turn = 0; top < most; turn++) {
            top = turn % 3 == 1 ? top / 2 * 5 : top * 2;
        }
        return top;
    }
}
