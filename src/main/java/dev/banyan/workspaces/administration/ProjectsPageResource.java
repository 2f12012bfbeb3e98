package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.ProjectPage;
import dev.banyan.workspaces.access.ProjectHead;
import dev.banyan.workspaces.access.Projects;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The list of projects: create and delete. [ProjectSettingsPageResource] has a project's settings.
@Path("/projects")
@RunOnVirtualThread
class ProjectsPageResource {

    private static final int ROWS = 50;

    private final AccountGuard acting;
    private final ProjectGuard inProject;
    private final Projects projects;
    private final PageFrames shells;
    private final Idempotency idempotency;
    private final Uuids uuids;

    ProjectsPageResource(
            AccountGuard acting,
            ProjectGuard inProject,
            Projects projects,
            PageFrames shells,
            Idempotency idempotency,
            Uuids uuids) {
        this.acting = acting;
        this.inProject = inProject;
        this.projects = projects;
        this.shells = shells;
        this.idempotency = idempotency;
        this.uuids = uuids;
    }

    @GET
    public Response list(@Context Call call, @QueryParam("after") @DefaultValue("") String after) {
        return acting.page(call, context -> {
            Optional<ProjectId> cursor = ProjectId.parse(after);
            var listed = projects.list(context, cursor, ROWS);
            return Html.ok(new ProjectsPage(
                    shells.of(call, context, NavItem.PROJECTS, "Projects"),
                    listed.items().stream().map(ProjectsPageResource::row).toList(),
                    cursor.isEmpty(),
                    listed.next().map(ProjectId::toString)));
        });
    }

    private static ProjectsPage.Row row(Project project) {
        return new ProjectsPage.Row(
                project.id().toString(),
                project.name(),
                project.description(),
                project.enabled(),
                project.workspaces());
    }

    @GET
    @Path("new")
    public Response form(@Context Call call) {
        return acting.page(
                call,
                context -> Html.ok(form(
                        call,
                        context,
                        CreateProjectPage.Values.EMPTY,
                        FieldErrors.NONE,
                        uuids.next().toString())));
    }

    @POST
    public Response create(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("description") @DefaultValue("") String description,
            @FormParam("registration") @DefaultValue("") String registration,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new CreateProjectPage.Values(name, description, registration.equals("on"));
        return acting.page(
                call,
                Optional.of(as),
                context -> idempotency.onceForForm(
                        call, context.acting().id(), key, values, () -> create(call, context, values, key)));
    }

    private Response create(Call call, AccountContext context, CreateProjectPage.Values values, String key) {
        var wanted = new Projects.Change(
                Optional.of(values.name()),
                Optional.of(values.description()),
                Optional.of(true),
                Optional.of(values.registration()));
        return switch (projects.create(context, wanted)) {
            case Outcome.Done<Project>(Project project) ->
                Html.seeOther(
                        call,
                        WorkspacePaths.management(project.id()) + "?as="
                                + context.acting().username() + "&done=project-created");
            case Outcome.Refused<Project>(Refusal.Rejected rejected) ->
                Html.invalid(form(call, context, values, FieldErrors.from(rejected.invalid()), key));
            case Outcome.Refused<Project> _ -> inProject.unknown(call);
        };
    }

    private CreateProjectPage form(
            Call call, AccountContext context, CreateProjectPage.Values values, FieldErrors errors, String key) {
        return new CreateProjectPage(
                shells.of(call, context, NavItem.PROJECTS, "Create project"), values, errors, key, call.isHtmx());
    }

    @GET
    @Path("{projectId}/delete")
    public Response confirmDelete(@Context ProjectPage page) {
        return Html.ok(confirmation(page, page.project()));
    }

    private DeleteProjectPage confirmation(ProjectPage page, Project project) {
        return new DeleteProjectPage(
                page.frame("Delete project"),
                ProjectHead.of(project),
                page.call().isHtmx());
    }

    @POST
    @WithFormRead
    @Path("{projectId}/delete")
    public Response delete(@Context ProjectPage page) {
        Outcome<Project> deleted = projects.delete(page.context(), page.id());
        if (deleted instanceof Outcome.Refused<Project>(Refusal.Conflict _)) {
            Project now = projects.find(page.context(), page.id()).orElseThrow(page::unknown);
            return Html.invalid(confirmation(page, now));
        }
        page.value(deleted);
        return page.done("/projects", "project-deleted");
    }
}
