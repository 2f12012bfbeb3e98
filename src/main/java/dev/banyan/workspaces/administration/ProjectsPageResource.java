package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.WorkspacePaths;
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

    private final Projects projects;
    private final Uuids uuids;

    ProjectsPageResource(Projects projects, Uuids uuids) {
        this.projects = projects;
        this.uuids = uuids;
    }

    @GET
    public Response list(@Context AccountPage page, @QueryParam("after") @DefaultValue("") String after) {
        Optional<ProjectId> cursor = ProjectId.parse(after);
        var listed = projects.list(page.context(), cursor, ROWS);
        return Html.ok(new ProjectsPage(
                page.frame(NavItem.PROJECTS, "Projects"),
                listed.items().stream().map(ProjectsPageResource::row).toList(),
                cursor.isEmpty(),
                listed.next().map(ProjectId::toString)));
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
    public Response form(@Context AccountPage page) {
        String key = uuids.next().toString();
        return Html.ok(form(page, CreateProjectPage.Values.EMPTY, FieldErrors.NONE, key));
    }

    private static CreateProjectPage form(
            AccountPage page, CreateProjectPage.Values values, FieldErrors errors, String key) {
        return new CreateProjectPage(
                page.frame(NavItem.PROJECTS, "Create project"), values, errors, key, page.isHtmx());
    }

    @POST
    public Response create(
            @Context AccountPage page,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("description") @DefaultValue("") String description,
            @FormParam("registration") @DefaultValue("") String registration,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new CreateProjectPage.Values(name, description, registration.equals("on"));
        return page.once(key, values, () -> create(page, values, key));
    }

    private Response create(AccountPage page, CreateProjectPage.Values values, String key) {
        var wanted = new Projects.Change(
                Optional.of(values.name()),
                Optional.of(values.description()),
                Optional.of(true),
                Optional.of(values.registration()));
        return projects.create(page.context(), wanted)
                .fold(project -> page.done(WorkspacePaths.management(project.id()), "project-created"), refusal -> {
                    if (refusal instanceof Refusal.Rejected(var invalid)) {
                        return Html.invalid(form(page, values, FieldErrors.from(invalid), key));
                    }
                    throw new IllegalStateException("No new project is refused with " + refusal);
                });
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
