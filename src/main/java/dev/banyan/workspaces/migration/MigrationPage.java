package dev.banyan.workspaces.migration;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The migration guide of a project: ten steps, each with what it needs. `command` is the command for people who have
/// the old folders on the server.
@CheckedTemplate(basePath = "workspaces")
record MigrationPage(
        PageFrame shell,
        ProjectHead project,
        List<Row> rows,
        long done,
        List<Choice> workspaces,
        String largest,
        String command,
        Optional<Report> report,
        Optional<Run> run,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /// One of the ten steps; `byHand` means it was ticked by hand.
    record Row(int number, String key, String title, String text, boolean done, boolean byHand, boolean canTick) {}

    record Choice(String id, String name, String url) {}

    /// The result of importing a list of users.
    record Report(String title, boolean bad, List<String> lines, int more) {}

    /// A migration of conversations, running or finished.
    record Run(boolean running, boolean dryRun, String text, List<String> lines) {}
}
