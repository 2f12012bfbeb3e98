package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.PageFrame;
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
        Optional<Chart> hours,
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
    record Filter(String page, String from, String to, String first, String last, String query, List<Range> ranges) {}

    record Range(String label, String href, boolean current) {}

    record PageChoice(String id, String title, boolean chosen) {}

    /// A list of parts, largest first; `most` is the largest value.
    record Bars(String id, String title, List<Bar> bars, String none) {}

    record Bar(String label, String text, long count, long most) {}

    record PageRow(String title, String views, String visitors, String clicks, String rate) {}
}
