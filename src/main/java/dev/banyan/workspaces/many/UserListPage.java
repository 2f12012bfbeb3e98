package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form for many new users of a workspace, with what became of each line above it.
@CheckedTemplate(basePath = "workspaces")
record UserListPage(
        AdminFrame frame, String list, boolean invites, Optional<FormProblem> problem, Optional<Report> report)
        implements TemplateInstance {

    /// `tone` is good or warn; `done` says that nothing is left to do with the form.
    record Report(boolean dryRun, String tone, String title, List<Line> lines, long more, boolean done) {

        public String icon() {
            return tone.equals("good") ? "check" : "warn";
        }
    }

    record Line(int number, String username, String email, String outcome, String tone, String why) {}
}
