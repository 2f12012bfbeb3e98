package dev.banyan.pages.looks;

import module java.base;
import dev.banyan.pages.looks.LookPushReportPage.Undo;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Chooses a look and shows which brands it would change, and how.
///
/// @param error what is wrong; empty if nothing is
/// @param find what the picker of looks searches
/// @param filter what chose the brands
/// @param sources whose looks can be chosen, by username
/// @param preview the path of the first brand's page in the new look; empty if none changes
/// @param more whether the filter finds more brands than are shown
@CheckedTemplate(basePath = "pages")
record LookPushPage(
        PageFrame shell,
        String from,
        String error,
        String find,
        Swatch look,
        List<Choice> filter,
        List<Choice> sources,
        List<Row> rows,
        long changing,
        String preview,
        boolean more,
        Optional<Undo> undo)
        implements TemplateInstance {

    /// The colors of a look as a small picture.
    record Swatch(String theme, String ground, String button, String text) {}

    /// @param preview the path of its page in the new look
    /// @param note why nothing changes; empty if it changes
    record Row(
            String username,
            String displayName,
            Swatch before,
            boolean hasPage,
            boolean changes,
            String preview,
            String note) {}
}
