package dev.banyan.pages.looks;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Chooses a look and shows which brands it would change, and how.
///
/// @param error what is wrong with the source; empty if nothing is
/// @param hidden what the choice of brands keeps
/// @param suggestions usernames of brands
@CheckedTemplate(basePath = "pages")
record LookPushPage(
        PageFrame shell,
        String from,
        String error,
        Swatch look,
        List<Choice> hidden,
        List<Choice> suggestions,
        List<Row> rows,
        long changing)
        implements TemplateInstance {

    /// The colors of a look as a small picture.
    record Swatch(String theme, String ground, String button, String text) {}

    /// @param note why nothing changes; empty if it changes
    record Row(String username, String displayName, Swatch before, boolean hasPage, boolean changes, String note) {}
}
