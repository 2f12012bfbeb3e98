package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that compares an agency's accounts.
///
/// @param zone the name of the zone whose days they are
/// @param period the period and its comparison period, in words
/// @param chart the chosen or the most visited, day by day; empty if the tier has summaries only
/// @param rows one part of the accounts that match
/// @param all the total of all accounts
/// @param chosen the usernames of the chosen; empty for the most visited
/// @param chosenElsewhere those of them that aren't among the rows
/// @param unchosen the address without a choice
/// @param found how many match
/// @param first the address of the first part, unless it is shown
/// @param query the period, for links
@CheckedTemplate(basePath = "analytics")
record BrandComparisonPage(
        PageFrame shell,
        String zone,
        String period,
        List<AnalyticsPage.Range> ranges,
        List<Figure> figures,
        Optional<Chart> chart,
        List<Row> rows,
        Row all,
        List<String> chosen,
        List<String> chosenElsewhere,
        String unchosen,
        Filter filter,
        String found,
        Optional<String> first,
        Optional<String> after,
        boolean exportable,
        String query)
        implements TemplateInstance {

    /// What is searched, how it is sorted, and the period, for links and forms.
    ///
    /// @param searchable whether there are too many accounts to look through
    /// @param whole the address without a search
    record Filter(
            String search,
            boolean searchable,
            String from,
            String to,
            String first,
            String last,
            String sort,
            List<Column> columns,
            String whole) {}

    record Column(String label, String href, boolean current, boolean ascending) {}

    /// @param href address of its own analytics; empty if they cannot be viewed
    /// @param username by which it is chosen for the chart; empty for the total
    record Row(
            String name,
            String username,
            String href,
            String views,
            String visitors,
            String clicks,
            String redirects,
            String rate,
            Figure.Change change,
            Optional<String> badge,
            boolean chosen) {}
}
