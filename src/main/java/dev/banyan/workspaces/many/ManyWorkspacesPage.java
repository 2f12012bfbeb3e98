package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form for many new workspaces, with what became of each line above it. `usage` says how many there may be;
/// `models` are short paths with names, to choose from.
@CheckedTemplate(basePath = "workspaces")
record ManyWorkspacesPage(
        PageFrame shell,
        ProjectHead project,
        String usage,
        String list,
        String template,
        List<Choice> models,
        Optional<FormProblem> problem,
        Optional<Report> report,
        String idempotencyKey)
        implements TemplateInstance {

    /// `tone` is good or warn; `leftOut` names the columns that mean nothing here, if there are any; `done` says that
    /// nothing is left to do with the form.
    record Report(boolean dryRun, String tone, String title, String leftOut, List<Line> lines, boolean done) {

        public String icon() {
            return tone.equals("good") ? "check" : "warn";
        }
    }

    /// `href` leads to the new workspace, `link` is an invitation to pass on by hand; both may be empty.
    record Line(
            int number, String name, String email, String outcome, String tone, String why, String href, String link) {}
}
