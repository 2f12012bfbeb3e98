package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.RunProgress;
import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form for many new users of a workspace, with what became of each line above it.
///
/// @param running how far an import is that goes on by itself; the form comes back when it is over
@CheckedTemplate(basePath = "workspaces")
record UserListPage(
        AdminFrame frame,
        String list,
        boolean invites,
        Optional<FormProblem> problem,
        Optional<RunProgress> running,
        Optional<Report> report)
        implements TemplateInstance {

    /// `tone` is good or warn; `done` says that nothing is left to do with the form; `unread` names columns.
    record Report(boolean dryRun, String tone, String title, List<Line> lines, long more, boolean done, String unread) {

        /// Returns the same above a form for the next list.
        Report withForm() {
            return new Report(dryRun, tone, title, lines, more, false, unread);
        }

        /// Returns the same with what the preview leaves out.
        Report without(List<String> columns) {
            String names =
                    columns.stream().map(name -> "“" + name.strip() + "”").collect(Collectors.joining(", "));
            return new Report(dryRun, tone, title, lines, more, done, names);
        }

        public String icon() {
            return tone.equals("good") ? "check" : "warn";
        }
    }

    record Line(int number, String username, String email, String outcome, String tone, String why) {}
}
