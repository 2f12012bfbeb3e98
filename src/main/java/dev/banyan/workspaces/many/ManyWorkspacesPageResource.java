package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.platform.RowList;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.UploadedFile;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard.ProjectPage;
import dev.banyan.workspaces.access.WorkspaceAllowances;
import dev.banyan.workspaces.many.ManyWorkspaces.Fate;
import dev.banyan.workspaces.many.ManyWorkspaces.Made;
import dev.banyan.workspaces.many.ManyWorkspaces.Row;
import dev.banyan.workspaces.many.ManyWorkspacesPage.Line;
import dev.banyan.workspaces.many.ManyWorkspacesPage.Report;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// The page that creates many workspaces from a list: a preview says what becomes of each line, then they are created.
@Path("/projects")
@RunOnVirtualThread
class ManyWorkspacesPageResource {

    private static final List<String> COLUMNS = List.of("name", "email");

    private final ManyWorkspaces workspaces;
    private final WorkspaceModels models;
    private final WorkspaceAllowances allowances;
    private final Idempotency idempotency;
    private final Uuids uuids;

    ManyWorkspacesPageResource(
            ManyWorkspaces workspaces,
            WorkspaceModels models,
            WorkspaceAllowances allowances,
            Idempotency idempotency,
            Uuids uuids) {
        this.workspaces = workspaces;
        this.models = models;
        this.allowances = allowances;
        this.idempotency = idempotency;
        this.uuids = uuids;
    }

    /// @param template the short path of a workspace to begin with
    @GET
    @Path("{projectId}/sub-clients/many")
    public Response form(@Context ProjectPage page, @QueryParam("template") @DefaultValue("") String template) {
        return Html.ok(page(page, "", template, Optional.empty(), Optional.empty()));
    }

    private ManyWorkspacesPage page(
            ProjectPage page, String list, String template, Optional<FormProblem> problem, Optional<Report> report) {
        return new ManyWorkspacesPage(
                page.frame("Create workspaces"),
                page.projectHead(),
                usage(page),
                list,
                template,
                models.choices(page.context(), page.id()),
                problem,
                report,
                uuids.next().toString());
    }

    private String usage(ProjectPage page) {
        var allowance = allowances.of(page.context().owner().tenant());
        return allowance.max().isUnlimited()
                ? "Up to " + ManyWorkspaces.MOST + " at once."
                : allowance.max().text(allowance.used()) + " workspaces used. Up to " + ManyWorkspaces.MOST
                        + " at once.";
    }

    @POST
    @Path("{projectId}/sub-clients/many")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Response create(
            @Context ProjectPage page,
            @FormParam("pasted") @DefaultValue("") String list,
            @FormParam("file") @Nullable FileUpload file,
            @FormParam("template") @DefaultValue("") String template,
            @FormParam("value") @DefaultValue("") String value,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        String text;
        try {
            text = RowList.text(list, UploadedFile.bytes(file, RowList.LARGEST));
        } catch (RowList.Broken broken) {
            return refused(page, "", template, "We can’t use this list.", broken.why());
        }
        boolean dryRun = !value.equals("create");
        return dryRun
                ? run(page, text, template, true)
                : idempotency.onceForForm(
                        page.call(),
                        page.context().acting().id(),
                        key,
                        List.of(text, template),
                        () -> run(page, text, template, false));
    }

    private Response run(ProjectPage page, String text, String template, boolean dryRun) {
        RowList list;
        try {
            list = RowList.read(text, COLUMNS, ManyWorkspaces.MOST);
        } catch (RowList.Broken broken) {
            return refused(page, text, template, "We can’t use this list.", broken.why());
        }
        List<Row> rows = list.lines().stream()
                .map(line -> new Row(
                        line.getOrDefault("name", ""),
                        Optional.of(line.getOrDefault("email", "")).filter(email -> !email.isEmpty())))
                .toList();
        return switch (workspaces.create(
                page.context(),
                page.id(),
                rows,
                Optional.of(template.strip()).filter(typed -> !typed.isEmpty()),
                dryRun)) {
            case Made.Done done ->
                Html.ok(page(
                        page,
                        dryRun ? text : left(done),
                        template,
                        Optional.empty(),
                        Optional.of(report(page, done, list.leftOutText(), dryRun))));
            case Made.Rejected(var why) -> refused(page, text, template, "We can’t use this list.", why.userMessage());
            case Made.TemplateNotFound _ ->
                refused(
                        page,
                        text,
                        template,
                        "We can’t find this template.",
                        "Choose a workspace of this project, or leave the field empty.");
            case Made.NotEnabled _ ->
                refused(
                        page,
                        text,
                        template,
                        "Workspaces are turned off for this project.",
                        "Turn them on in the project settings and try again.");
            case Made.ProjectNotFound _ -> throw page.unknown();
        };
    }

    private Response refused(ProjectPage page, String text, String template, String title, String why) {
        return Html.invalid(page(page, text, template, Optional.of(new FormProblem(title, why)), Optional.empty()));
    }

    /// The lines to mend and to send again.
    private static String left(Made.Done done) {
        return RowList.write(done.lines().stream()
                .filter(ManyWorkspaces.Line::isRefused)
                .map(line -> List.of(line.row().name(), line.row().adminEmail().orElse("")))
                .toList());
    }

    private static Report report(ProjectPage page, Made.Done done, String leftOut, boolean dryRun) {
        long refused = done.refused();
        String title = done.created() == 0
                ? (dryRun ? "No workspaces would be created." : "No workspaces created.")
                : Words.count(done.created(), "workspace", "workspaces")
                        + (dryRun ? " would be created." : " created.");
        if (refused > 0 && done.created() > 0) {
            title += " " + Words.count(refused, "line has", "lines have") + " a problem.";
        }
        return new Report(
                dryRun,
                refused == 0 ? "good" : "warn",
                title,
                leftOut,
                done.lines().stream().map(line -> line(page, line)).toList(),
                !dryRun && refused == 0);
    }

    private static Line line(ProjectPage page, ManyWorkspaces.Line line) {
        String name = cut(line.row().name());
        String email = cut(line.row().adminEmail().orElse(""));
        return switch (line.fate()) {
            case Fate.Done(Workspace workspace, Optional<String> link) ->
                new Line(
                        line.number(),
                        name,
                        email,
                        "Created",
                        "good",
                        WorkspacePaths.publicPath(workspace),
                        page.as(page.of(workspace.id())),
                        link.orElse(""));
            case Fate.Good _ -> new Line(line.number(), name, email, "Ready", "good", "", "", "");
            case Fate.Refused(var why) ->
                new Line(line.number(), name, email, "Problem", "warn", why.userMessage(), "", "");
        };
    }

    /// A list can contain anything, and people read the report.
    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= 120
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 110)) + "…";
    }
}
