package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.RunProgress;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard.ProjectPage;
import dev.banyan.workspaces.administration.PickedWorkspaces;
import dev.banyan.workspaces.administration.WorkspacePicks;
import dev.banyan.workspaces.many.WorkspaceBatches.Act;
import dev.banyan.workspaces.many.WorkspaceBatches.ActRun;
import dev.banyan.workspaces.many.WorkspaceBatches.Line;
import dev.banyan.workspaces.many.WorkspaceBatches.Result;
import dev.banyan.workspaces.users.Invitations;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Acts on many workspaces of the list, which are named first: on the ticked ones, or on all that match.
@Path("/projects")
@RunOnVirtualThread
class BulkWorkspacesPageResource {

    private static final int NAMES_SHOWN = 20;
    private static final int LINES_SHOWN = 300;
    private static final Set<String> ACTIONS = Set.of("suspend", "activate", "template", "invite");

    private final PickedWorkspaces picked;
    private final WorkspaceBatches batches;
    private final WorkspaceModels models;
    private final Database database;

    BulkWorkspacesPageResource(
            PickedWorkspaces picked, WorkspaceBatches batches, WorkspaceModels models, Database database) {
        this.picked = picked;
        this.batches = batches;
        this.models = models;
        this.database = database;
    }

    /// @param found the first of them
    private record Asked(ProjectPage page, String action, WorkspacePicks picks, List<Workspace> found) {}

    private Asked asked(ProjectPage page, String action, WorkspacePicks picks) {
        return new Asked(page, action, picks, picked.of(page.context(), page.project(), picks));
    }

    @GET
    @Path("{projectId}/sub-clients/bulk/acts")
    public Response ask(
            @Context ProjectPage page,
            @QueryParam("workspace") List<String> ids,
            @QueryParam("all") @DefaultValue("") String all,
            @QueryParam("action") @DefaultValue("") String action,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("sort") @DefaultValue("") String sort) {
        return ask(page, action, WorkspacePicks.of(ids, all, search, state, sort));
    }

    private Response ask(ProjectPage page, String action, WorkspacePicks picks) {
        if (!ACTIONS.contains(action)) {
            throw page.unknown();
        }
        Asked asked = asked(page, action, picks);
        return asked.found().isEmpty() ? none(asked) : Html.ok(page(asked, "", ""));
    }

    private Response none(Asked asked) {
        return Html.invalid(page(asked, "", "No workspaces selected. Select at least one and try again."));
    }

    @POST
    @Path("{projectId}/sub-clients/bulk/acts")
    public Response run(
            @Context ProjectPage page,
            @FormParam("workspace") List<String> ids,
            @FormParam("all") @DefaultValue("") String all,
            @FormParam("action") @DefaultValue("") String action,
            @FormParam("value") @DefaultValue("") String value,
            @FormParam("q") @DefaultValue("") String search,
            @FormParam("state") @DefaultValue("") String state,
            @FormParam("sort") @DefaultValue("") String sort) {
        if (!ACTIONS.contains(action)) {
            throw page.unknown();
        }
        var picks = WorkspacePicks.of(ids, all, search, state, sort);
        return run(asked(page, action, picks), value.strip());
    }

    private Response run(Asked asked, String value) {
        if (asked.found().isEmpty()) {
            return none(asked);
        }
        return switch (asked.action()) {
            case "suspend" -> run(asked, new Act.Suspend());
            case "activate" -> run(asked, new Act.Activate());
            case "invite" ->
                Invitations.invalid(value).stream()
                        .findFirst()
                        .map(invalid -> Html.invalid(page(asked, value, invalid.userMessage())))
                        .orElseGet(() -> run(asked, new Act.Invite(value)));
            default ->
                model(asked.page(), value)
                        .map(model -> run(asked, new Act.Apply(model)))
                        .orElseGet(() -> Html.invalid(page(asked, value, "Choose a workspace of this project.")));
        };
    }

    private Optional<Workspace> model(ProjectPage page, String typed) {
        return database.read(tx -> WorkspaceModels.find(tx, page.context().owner(), page.id(), typed));
    }

    private Response run(Asked asked, Act act) {
        return begun(asked.page(), asked.picks(), asked.action(), act);
    }

    private Response begun(ProjectPage page, WorkspacePicks picks, String action, Act act) {
        return batches.begin(page.context(), page.project(), picks, action, act)
                ? Html.seeOther(page.call(), page.as(reportPath(page)))
                : Html.invalid(report(
                        page,
                        "Another change of many workspaces is running. Try again when it’s done.",
                        "warn",
                        List.of(),
                        Optional.empty()));
    }

    @POST
    @Path("{projectId}/sub-clients/bulk/delete-many")
    public Response delete(
            @Context ProjectPage page,
            @FormParam("workspace") List<String> ids,
            @FormParam("all") @DefaultValue("") String all,
            @FormParam("q") @DefaultValue("") String search,
            @FormParam("state") @DefaultValue("") String state) {
        return begun(page, WorkspacePicks.of(ids, all, search, state, ""), "delete", new Act.Delete());
    }

    private static String reportPath(ProjectPage page) {
        return "/projects/" + page.id() + "/sub-clients/bulk/acts/run";
    }

    /// Shows how far the last act is, or what it did.
    @GET
    @Path("{projectId}/sub-clients/bulk/acts/run")
    public Response progress(@Context ProjectPage page) {
        return batches.lastRun(page.context(), page.id())
                .map(run -> Html.ok(report(page, run)))
                .orElseGet(() -> Html.seeOther(page.call(), page.as(WorkspacePaths.management(page.id()))));
    }

    private static WorkspaceReportPage report(ProjectPage page, ActRun run) {
        Optional<RunProgress> running = RunProgress.of(run, page.as(reportPath(page)));
        List<Line> lines = run.lines();
        long changed = count(lines, Result.CHANGED);
        long refused = count(lines, Result.REFUSED);
        String did = done(run.action(), changed)
                + (refused == 0 ? "" : " " + Words.count(refused, "workspace", "workspaces") + " had a problem.");
        return report(
                page,
                run.isBroken()
                        ? "Something went wrong after " + lines.size() + " of " + run.total() + " workspaces. " + did
                        : did,
                run.isBroken() || changed == 0 || refused > 0 ? "warn" : "good",
                lines,
                running);
    }

    private static WorkspaceReportPage report(
            ProjectPage page, String title, String tone, List<Line> lines, Optional<RunProgress> running) {
        return new WorkspaceReportPage(
                page.frame("Report"),
                page.projectHead(),
                title,
                tone,
                lines.stream()
                        .sorted(Comparator.comparing(Line::result).reversed())
                        .limit(LINES_SHOWN)
                        .map(BulkWorkspacesPageResource::row)
                        .toList(),
                Math.max(0, lines.size() - LINES_SHOWN),
                running,
                page.as(WorkspacePaths.management(page.id())));
    }

    private static long count(List<Line> lines, Result result) {
        return lines.stream().filter(line -> line.result() == result).count();
    }

    private static WorkspaceReportPage.Line row(Line line) {
        return new WorkspaceReportPage.Line(
                line.workspace().id().toString(),
                line.workspace().name(),
                line.result().word,
                line.result().tone,
                line.why(),
                line.link().orElse(""));
    }

    private static String done(String action, long changed) {
        if (changed == 0) {
            return "No workspaces changed.";
        }
        String number = Words.count(changed, "workspace", "workspaces");
        return switch (action) {
            case "suspend" -> number + " suspended.";
            case "activate" -> number + " activated.";
            case "delete" -> number + " deleted.";
            case "invite" -> "Admin invited to " + number + ".";
            default -> "Template applied to " + number + ".";
        };
    }

    private BulkWorkspacesPage page(Asked asked, String typed, String error) {
        ProjectPage page = asked.page();
        int number = picked.count(page.context(), page.project(), asked.picks(), asked.found());
        String title = title(asked.action(), Words.count(number, "workspace", "workspaces"));
        return new BulkWorkspacesPage(
                page.frame(title),
                page.projectHead(),
                asked.action(),
                title,
                sentence(asked.action()),
                button(asked.action()),
                asked.picks().fields(),
                asked.found().stream().limit(NAMES_SHOWN).map(Workspace::name).toList(),
                Math.max(0, number - NAMES_SHOWN),
                typed,
                error,
                asked.action().equals("template") ? models.choices(page.context(), page.id()) : List.of(),
                picked.back(page.context(), page.project(), asked.picks()));
    }

    private static String title(String action, String number) {
        return switch (action) {
            case "suspend" -> "Suspend " + number;
            case "activate" -> "Activate " + number;
            case "invite" -> "Invite admin to " + number;
            default -> "Apply template to " + number;
        };
    }

    private static String button(String action) {
        return switch (action) {
            case "suspend" -> "Suspend workspaces";
            case "activate" -> "Activate workspaces";
            case "invite" -> "Send invitations";
            default -> "Apply template";
        };
    }

    private static String sentence(String action) {
        return switch (action) {
            case "suspend" ->
                "Their users are signed out and can’t sign in until you activate the workspaces again. Nothing is"
                        + " deleted.";
            case "activate" -> "Their users can sign in again.";
            case "invite" ->
                "This person gets an invitation for each workspace, to choose a username and password there.";
            default ->
                "Their assistant with rules and office hours, appearance and registration setting are replaced by those"
                        + " of the template. Saved replies of the same name are replaced, others stay.";
        };
    }
}
