package dev.banyan.workspaces.migration;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * The guide of a project that moves in: ten points, each with what it needs. {@code command} is what somebody types who
 * has the old folders on the server.
 */
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

    /** One point of ten: {@code hand} says that only people can tell. */
    record Row(int number, String key, String title, String text, boolean done, boolean byHand, boolean canTick) {}

    record Choice(String id, String name, String url) {}

    /** What came of a list of users. */
    record Report(String title, boolean bad, List<String> lines, int more) {}

    /** A move of conversations, under way or over. */
    record Run(boolean running, boolean dryRun, String text, List<String> lines) {}
}
