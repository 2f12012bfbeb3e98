package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.OneTimeLinks;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.ProjectGuard.ProjectPage;
import dev.banyan.workspaces.administration.NewWorkspaces.Created;
import dev.banyan.workspaces.administration.NewWorkspaces.FirstAdmin;
import dev.banyan.workspaces.administration.WorkspaceTable.Asked;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The list of a project's workspaces, and the form for a new one. [WorkspaceBulkPageResource] has the bulk actions,
/// [WorkspaceOverviewPageResource] the actions on one.
@Path("/projects")
@RunOnVirtualThread
class WorkspacesPageResource {

    private final NewWorkspaces workspaces;
    private final OneTimeLinks links;
    private final WorkspaceTable table;
    private final Idempotency idempotency;
    private final Uuids uuids;

    WorkspacesPageResource(
            NewWorkspaces workspaces, OneTimeLinks links, WorkspaceTable table, Idempotency idempotency, Uuids uuids) {
        this.links = links;
        this.workspaces = workspaces;
        this.table = table;
        this.idempotency = idempotency;
        this.uuids = uuids;
    }

    @GET
    @Path("{projectId}/sub-clients/management")
    public Response list(
            @Context ProjectPage page,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("sort") @DefaultValue("") String sort,
            @QueryParam("after") @DefaultValue("") String after) {
        return Html.ok(table.page(page, Asked.of(search, state, sort, after), Optional.empty(), Set.of()));
    }

    @GET
    @Path("{projectId}/sub-clients/new")
    public Response form(@Context ProjectPage page) {
        return Html.ok(form(
                page,
                CreateWorkspacePage.Values.EMPTY,
                FieldErrors.NONE,
                Optional.empty(),
                uuids.next().toString()));
    }

    @POST
    @Path("{projectId}/sub-clients")
    public Response create(
            @Context ProjectPage page,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("description") @DefaultValue("") String description,
            @FormParam("admin") @DefaultValue("later") String admin,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new CreateWorkspacePage.Values(name, description, admin, username.strip(), email.strip());
        return idempotency.onceForForm(
                page.call(), page.context().acting().id(), key, values, () -> create(page, values, password, key));
    }

    private Response create(ProjectPage page, CreateWorkspacePage.Values values, String password, String key) {
        return switch (workspaces.create(
                page.context(),
                page.id(),
                values.name(),
                Optional.of(values.description()),
                adminOf(values, password))) {
            case Created.Done(Workspace workspace, Optional<String> link) -> {
                String path = page.of(workspace.id());
                Response created = page.done(path, "workspace-created");
                yield link.map(url -> links.with(created, path, OneTimeLink.Kind.INVITATION, values.email(), url))
                        .orElse(created);
            }
            case Created.Unconfirmed _ ->
                again(
                        page,
                        values,
                        key,
                        new FormProblem(
                                "Confirm your own email address first.",
                                "Open the link in the email we sent you. Then you can invite people."));
            case Created.Refused(Refusal.TooMany _) ->
                again(
                        page,
                        values,
                        key,
                        new FormProblem("Too many invitations.", "Wait an hour and try again, or create the user."));
            case Created.NotEnabled _ ->
                again(
                        page,
                        values,
                        key,
                        new FormProblem(
                                "Workspaces are turned off for this project.",
                                "Turn them on in the project settings and try again."));
            case Created.Refused(Refusal.LimitReached reached) ->
                again(
                        page,
                        values,
                        key,
                        new FormProblem(
                                "Workspace limit reached: " + Words.grouped(reached.used()) + " of "
                                        + Words.grouped(reached.max()) + ".",
                                "Delete one you no longer need, or ask your server operator for a higher limit."));
            case Created.Refused(Refusal.Rejected rejected) ->
                Html.invalid(form(page, values, FieldErrors.from(rejected.invalid()), Optional.empty(), key));
            case Created.Refused _ -> throw page.unknown();
        };
    }

    private static FirstAdmin adminOf(CreateWorkspacePage.Values values, String password) {
        if (values.creates()) {
            return new FirstAdmin.User(values.username(), values.email(), password);
        }
        return values.invites() ? new FirstAdmin.Invited(values.email()) : new FirstAdmin.Later();
    }

    private Response again(ProjectPage page, CreateWorkspacePage.Values values, String key, FormProblem problem) {
        return Html.invalid(form(page, values, FieldErrors.NONE, Optional.of(problem), key));
    }

    private CreateWorkspacePage form(
            ProjectPage page,
            CreateWorkspacePage.Values values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        return new CreateWorkspacePage(
                page.frame("Create workspace"),
                page.projectHead(),
                table.limit(page)
                        .map(usage -> usage.text() + " workspaces used")
                        .orElse("It gets its own users, address and conversations."),
                values,
                errors,
                problem,
                key,
                links.mailing(),
                page.call().isHtmx());
    }
}
