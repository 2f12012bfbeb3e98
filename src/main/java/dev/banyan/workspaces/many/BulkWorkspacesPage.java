package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

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

    /// `tone` is good or warn; `next` is what remains to do.
    record Report(String tone, String title, List<Line> lines, Optional<Next> next) {

        Report(String tone, String title, List<Line> lines) {
            this(tone, title, lines, Optional.empty());
        }

        public String icon() {
            return tone.equals("good") ? "check" : "warn";
        }
    }

    /// The next portion: the page sends it by itself. `value` is the template or the email, the rest what was done so
    /// far.
    record Next(String after, String value, long done, long total, long changed, long refused) {}

    /// `link` is an invitation to pass on by hand, or empty.
    record Line(String id, String name, String word, String tone, String why, String link) {}
}
