package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.FreshLink;
import dev.banyan.platform.web.page.FreshLinks;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.Ground;
import dev.banyan.workspaces.access.ProjectHead;
import dev.banyan.workspaces.administration.NewWorkspaces.Created;
import dev.banyan.workspaces.administration.NewWorkspaces.FirstAdmin;
import dev.banyan.workspaces.administration.WorkspaceTable.Asked;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The list of a project's workspaces, and the form for a new one. [WorkspaceBulkPageResource] has the bulk actions,
/// [WorkspaceOverviewPageResource] the actions on one.
@Path("/projects")
@RunOnVirtualThread
class WorkspacesPageResource {

    private final ProjectGuard inProject;
    private final NewWorkspaces workspaces;
    private final FreshLinks links;
    private final WorkspaceTable table;
    private final Idempotency idempotency;
    private final Uuids uuids;

    WorkspacesPageResource(
            ProjectGuard inProject,
            NewWorkspaces workspaces,
            FreshLinks links,
            WorkspaceTable table,
            Idempotency idempotency,
            Uuids uuids) {
        this.links = links;
        this.inProject = inProject;
        this.workspaces = workspaces;
        this.table = table;
        this.idempotency = idempotency;
        this.uuids = uuids;
    }

    @GET
    @Path("{projectId}/sub-clients/management")
    public Response list(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("sort") @DefaultValue("") String sort,
            @QueryParam("after") @DefaultValue("") String after) {
        return inProject.page(
                call,
                projectId,
                ground ->
                        Html.ok(table.page(ground, Asked.of(search, state, sort, after), Optional.empty(), Set.of())));
    }

    @GET
    @Path("{projectId}/sub-clients/new")
    public Response form(@Context Call call, @PathParam("projectId") String projectId) {
        return inProject.page(
                call,
                projectId,
                ground -> Html.ok(form(
                        ground,
                        CreateWorkspacePage.Values.EMPTY,
                        FieldErrors.NONE,
                        Optional.empty(),
                        uuids.next().toString())));
    }

    @POST
    @Path("{projectId}/sub-clients")
    public Response create(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("description") @DefaultValue("") String description,
            @FormParam("admin") @DefaultValue("later") String admin,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new CreateWorkspacePage.Values(name, description, admin, username.strip(), email.strip());
        return inProject.form(
                call,
                as,
                projectId,
                ground -> idempotency.onceForForm(
                        call,
                        ground.context().acting().id(),
                        key,
                        values,
                        () -> create(ground, values, password, key)));
    }

    private Response create(Ground ground, CreateWorkspacePage.Values values, String password, String key) {
        return switch (workspaces.create(
                ground.context(),
                ground.project().id(),
                values.name(),
                Optional.of(values.description()),
                adminOf(values, password))) {
            case Created.Done(Workspace workspace, Optional<String> link) -> {
                String path = WorkspacePaths.workspace(ground.project().id(), workspace.id());
                Response created = Html.seeOther(
                        ground.call(),
                        path + "?as=" + ground.context().acting().username() + "&done=workspace-created");
                yield link.map(url -> links.with(created, path, FreshLink.Kind.INVITATION, values.email(), url))
                        .orElse(created);
            }
            case Created.Unconfirmed _ ->
                again(
                        ground,
                        values,
                        key,
                        new FormProblem(
                                "Confirm your own email address first.",
                                "Open the link in the email we sent you. Then you can invite people."));
            case Created.Refused(Refusal.TooMany _) ->
                again(
                        ground,
                        values,
                        key,
                        new FormProblem("Too many invitations.", "Wait an hour and try again, or create the user."));
            case Created.NotEnabled _ ->
                again(
                        ground,
                        values,
                        key,
                        new FormProblem(
                                "Workspaces are turned off for this project.",
                                "Turn them on in the project settings and try again."));
            case Created.Refused(Refusal.LimitReached reached) ->
                again(
                        ground,
                        values,
                        key,
                        new FormProblem(
                                "Workspace limit reached: " + Words.grouped(reached.used()) + " of "
                                        + Words.grouped(reached.max()) + ".",
                                "Delete one you no longer need, or ask your server operator for a higher limit."));
            case Created.Refused(Refusal.Rejected rejected) ->
                Html.invalid(form(ground, values, FieldErrors.from(rejected.invalid()), Optional.empty(), key));
            case Created.Refused _ -> inProject.unknown(ground.call());
        };
    }

    private static FirstAdmin adminOf(CreateWorkspacePage.Values values, String password) {
        if (values.creates()) {
            return new FirstAdmin.User(values.username(), values.email(), password);
        }
        return values.invites() ? new FirstAdmin.Invited(values.email()) : new FirstAdmin.Later();
    }

    private Response again(Ground ground, CreateWorkspacePage.Values values, String key, FormProblem problem) {
        return Html.invalid(form(ground, values, FieldErrors.NONE, Optional.of(problem), key));
    }

    private CreateWorkspacePage form(
            Ground ground,
            CreateWorkspacePage.Values values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        return new CreateWorkspacePage(
                inProject.shell(ground, "Create workspace"),
                ProjectHead.of(ground.project()),
                table.limit(ground)
                        .map(usage -> usage.text() + " workspaces used")
                        .orElse("It gets its own users, address and conversations."),
                values,
                errors,
                problem,
                key,
                links.mailing(),
                ground.call().isHtmx());
    }
}
