package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that compares an agency's accounts.
///
/// @param period the period and its comparison period, in words
/// @param all the total of all accounts
/// @param query the period, for links
@CheckedTemplate(basePath = "analytics")
record BrandComparisonPage(
        PageFrame shell,
        String period,
        List<AnalyticsPage.Range> ranges,
        List<Figure> figures,
        List<Row> rows,
        Row all,
        Optional<String> more,
        boolean exportable,
        String query)
        implements TemplateInstance {

    /// @param href address of its own analytics; empty if they cannot be viewed
    record Row(
            String name,
            String href,
            String views,
            String visitors,
            String clicks,
            String redirects,
            String rate,
            Figure.Change change,
            Optional<String> badge) {}
}
