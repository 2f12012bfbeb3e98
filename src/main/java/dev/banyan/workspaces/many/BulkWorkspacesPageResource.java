package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.access.ProjectGuard.ProjectPage;
import dev.banyan.workspaces.administration.PickedWorkspaces;
import dev.banyan.workspaces.administration.WorkspacePicks;
import dev.banyan.workspaces.many.WorkspaceBatches.Act;
import dev.banyan.workspaces.many.WorkspaceBatches.Line;
import dev.banyan.workspaces.many.WorkspaceBatches.Result;
import dev.banyan.workspaces.users.Invitations;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Acts on many workspaces of the list, which are named first: on the ticked ones, or on all that match.
@Path("/projects")
@RunOnVirtualThread
class BulkWorkspacesPageResource {

    private static final int NAMES_SHOWN = 20;
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

    /// @param so what was done in earlier portions
    private record Asked(ProjectPage page, String action, WorkspacePicks picks, List<Workspace> found, SoFar so) {}

    /// What was done in earlier portions; it comes back from the page, and decides nothing.
    private record SoFar(Optional<WorkspaceId> after, long done, long changed, long refused) {

        static final SoFar NOTHING = new SoFar(Optional.empty(), 0, 0, 0);

        static SoFar of(String after, String done, String changed, String refused) {
            return new SoFar(WorkspaceId.parse(after), number(done), number(changed), number(refused));
        }

        private static long number(String text) {
            return text.matches("[0-9]{1,6}") ? Long.parseLong(text) : 0;
        }
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
        var asked = new Asked(page, action, picks, picked.of(page.context(), page.project(), picks), SoFar.NOTHING);
        return asked.found().isEmpty() ? none(asked) : Html.ok(page(asked, "", "", Optional.empty()));
    }

    private Response none(Asked asked) {
        return Html.invalid(page(
                asked,
                "",
                "",
                Optional.of(new BulkWorkspacesPage.Report(
                        "warn", "No workspaces selected. Select at least one and try again.", List.of()))));
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
            @FormParam("sort") @DefaultValue("") String sort,
            @FormParam("after") @DefaultValue("") String after,
            @FormParam("done") @DefaultValue("") String done,
            @FormParam("changed") @DefaultValue("") String changed,
            @FormParam("refused") @DefaultValue("") String refused) {
        SoFar so = SoFar.of(after, done, changed, refused);
        if (!ACTIONS.contains(action)) {
            throw page.unknown();
        }
        var picks = WorkspacePicks.of(ids, all, search, state, sort);
        return run(
                new Asked(page, action, picks, picked.after(page.context(), page.project(), picks, so.after()), so),
                value.strip());
    }

    private Response run(Asked asked, String value) {
        if (asked.found().isEmpty()) {
            return none(asked);
        }
        return switch (asked.action()) {
            case "suspend" -> run(asked, value, new Act.Suspend());
            case "activate" -> run(asked, value, new Act.Activate());
            case "invite" ->
                Invitations.invalid(value).stream()
                        .findFirst()
                        .map(invalid -> Html.invalid(page(asked, value, invalid.userMessage(), Optional.empty())))
                        .orElseGet(() -> run(asked, value, new Act.Invite(value)));
            default ->
                model(asked.page(), value)
                        .map(model -> run(asked, value, new Act.Apply(model)))
                        .orElseGet(() -> Html.invalid(
                                page(asked, value, "Choose a workspace of this project.", Optional.empty())));
        };
    }

    private Optional<Workspace> model(ProjectPage page, String typed) {
        return database.read(tx -> WorkspaceModels.find(tx, page.context().owner(), page.id(), typed));
    }

    private Response run(Asked asked, String value, Act act) {
        List<Workspace> portion = asked.found()
                .subList(0, Math.min(BulkActsResource.AT_ONCE, asked.found().size()));
        List<Line> lines = batches.run(asked.page().context(), portion, act);
        SoFar before = asked.so();
        var so = new SoFar(
                Optional.of(portion.getLast().id()),
                before.done() + portion.size(),
                before.changed() + count(lines, Result.CHANGED),
                before.refused() + count(lines, Result.REFUSED));
        int remaining = asked.found().size() - portion.size();
        List<BulkWorkspacesPage.Line> rows =
                lines.stream().map(BulkWorkspacesPageResource::row).toList();
        var report = remaining > 0
                ? new BulkWorkspacesPage.Report(
                        "good",
                        Words.grouped(so.done()) + " of " + Words.grouped(so.done() + remaining) + " done.",
                        rows,
                        Optional.of(new BulkWorkspacesPage.Next(
                                portion.getLast().id().value(),
                                value,
                                so.done(),
                                so.done() + remaining,
                                so.changed(),
                                so.refused())))
                : new BulkWorkspacesPage.Report(
                        so.changed() == 0 || so.refused() > 0 ? "warn" : "good",
                        done(asked.action(), so.changed())
                                + (so.refused() == 0
                                        ? ""
                                        : " " + Words.count(so.refused(), "workspace", "workspaces")
                                                + " had a problem."),
                        rows);
        return Html.ok(page(asked, "", "", Optional.of(report)));
    }

    private static long count(List<Line> lines, Result result) {
        return lines.stream().filter(line -> line.result() == result).count();
    }

    private static BulkWorkspacesPage.Line row(Line line) {
        return new BulkWorkspacesPage.Line(
                line.workspace().id().toString(),
                line.workspace().name(),
                line.result().word(),
                line.result().tone(),
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
            case "invite" -> "Admin invited to " + number + ".";
            default -> "Template applied to " + number + ".";
        };
    }

    private BulkWorkspacesPage page(
            Asked asked, String typed, String error, Optional<BulkWorkspacesPage.Report> report) {
        ProjectPage page = asked.page();
        String title = title(
                asked.action(), Words.count(asked.so().done() + asked.found().size(), "workspace", "workspaces"));
        return new BulkWorkspacesPage(
                page.frame(title),
                page.projectHead(),
                asked.action(),
                title,
                sentence(asked.action()),
                button(asked.action()),
                asked.picks().fields(),
                asked.found().stream().limit(NAMES_SHOWN).map(Workspace::name).toList(),
                Math.max(0, asked.found().size() - NAMES_SHOWN),
                typed,
                error,
                asked.action().equals("template") ? models.choices(page.context(), page.id()) : List.of(),
                report,
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
