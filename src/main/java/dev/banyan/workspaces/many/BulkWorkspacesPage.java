package dev.banyan.workspaces.many;

import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/// Asks before many workspaces are changed, and names them; afterwards says what was done.
///
/// @param action `suspend`, `activate`, `template` or `invite`
/// @param hidden what chose the workspaces: names as values, contents as labels
/// @param names those that are shown; `more` counts the others
/// @param typed the template or the email
@CheckedTemplate(basePath = "workspaces")
record BulkWorkspacesPage(
        PageFrame shell,
        ProjectHead project,
        String action,
        String title,
        String sentence,
        String button,
        List<Choice> hidden,
        List<String> names,
        long more,
        String typed,
        String error,
        List<Choice> models,
        Optional<Report> report,
        String back)
        implements TemplateInstance {

    /// `tone` is good or warn.
    record Report(String tone, String title, List<Line> lines) {

        public String icon() {
            return tone.equals("good") ? "check" : "warn";
        }
    }

    /// `link` is an invitation to pass on by hand, or empty.
    record Line(String id, String name, String word, String tone, String why, String link) {}
}
