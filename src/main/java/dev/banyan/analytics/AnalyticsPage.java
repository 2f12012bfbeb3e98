package dev.banyan.analytics;

import module java.base;
import dev.banyan.analytics.Breakdown.HourCounts;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The analytics page of an account.
///
/// @param zone the name of the zone whose days they are
/// @param period the period and its comparison period, in words
/// @param pages the list of pages to choose from; empty if there is only one
/// @param upgrade the tier required to see what is hidden; empty if nothing is
/// @param chart empty if the tier has summaries only
/// @param reach how many days back the tier can look
@CheckedTemplate(basePath = "analytics")
record AnalyticsPage(
        PageFrame shell,
        Filter filter,
        String zone,
        String period,
        List<PageChoice> pages,
        Optional<String> upgrade,
        boolean empty,
        List<Figure> figures,
        Optional<Chart> chart,
        List<Bars> bars,
        Optional<WeekHours> hours,
        List<PageRow> pageRows,
        boolean countriesKnown,
        String bots,
        String everything,
        String live,
        boolean exportable,
        boolean agency,
        boolean reported,
        String reach)
        implements TemplateInstance {

    /// The selected filter; `query` is its form for links, `ranges` the usual periods.
    ///
    /// @param parts what can be chosen
    /// @param only what is chosen, in words; empty if nothing is
    /// @param compares whether the days before are drawn
    /// @param comparable whether they are kept
    /// @param whole the address without a part
    record Filter(
            String page,
            String from,
            String to,
            String first,
            String last,
            String query,
            List<Range> ranges,
            List<Choices> parts,
            Optional<String> only,
            boolean compares,
            boolean comparable,
            String whole) {}

    record Choices(String title, List<PageChoice> choices) {}

    record Range(String label, String href, boolean current) {}

    record PageChoice(String id, String title, boolean chosen) {}

    /// A list of parts, largest first; `most` is the largest value.
    record Bars(String id, String title, List<Bar> bars, String none) {}

    record Bar(String label, String text, long count, long most) {}

    record PageRow(String title, String views, String visitors, String clicks, String rate) {}

    /// The views of each hour of the week, as a table whose cells are darker for more.
    ///
    /// @param story for screen readers
    record WeekHours(String story, List<String> hours, List<Row> rows) {

        /// @param day of the week
        record Row(String day, List<Cell> cells) {}

        /// @param level 0 for none, to 4
        record Cell(String count, int level) {}

        private static final int LEVELS = 4;

        /// @return empty if there were none
        static Optional<WeekHours> of(HourCounts counts) {
            long most = counts.most();
            if (most == 0) {
                return Optional.empty();
            }
            var rows = new ArrayList<Row>();
            String best = "";
            for (DayOfWeek day : DayOfWeek.values()) {
                var cells = new ArrayList<Cell>();
                for (int hour = 0; hour < HourCounts.HOURS; hour++) {
                    long count = counts.of(day, hour);
                    cells.add(new Cell(Words.grouped(count), (int) ((LEVELS * count + most - 1) / most)));
                    if (count == most && best.isEmpty()) {
                        best = day.getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " from " + hour + ":00 to "
                                + (hour + 1) + ":00";
                    }
                }
                rows.add(new Row(day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH), List.copyOf(cells)));
            }
            return Optional.of(new WeekHours(
                    "Most views are on " + best + "." + (counts.isRounded() ? " Hours are rounded to full ones." : ""),
                    IntStream.range(0, HourCounts.HOURS)
                            .mapToObj(Integer::toString)
                            .toList(),
                    List.copyOf(rows)));
        }
    }
}
