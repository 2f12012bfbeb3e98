package dev.banyan.analytics;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * An agency's accounts side by side.
 *
 * @param period the days that are shown and what they are compared with, in words
 * @param all everything together
 * @param query the period, for links
 */
@CheckedTemplate(basePath = "analytics")
record BrandsPage(
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

    /** @param href where its own analytics are; empty where nobody can look at them */
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
