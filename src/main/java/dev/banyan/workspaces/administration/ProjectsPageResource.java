package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.OneTimeLinks;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Switch;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard.ProjectPage;
import dev.banyan.workspaces.access.ProjectHead;
import dev.banyan.workspaces.access.Projects;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// Projects: their list, a project's name and switches (whether it has workspaces, and whether people may register in
/// them), and its deletion.
@Path("/projects")
@RunOnVirtualThread
class ProjectsPageResource {

    private static final int ROWS = 50;

    private final Projects projects;
    private final Uuids uuids;
    private final OneTimeLinks links;

    ProjectsPageResource(Projects projects, Uuids uuids, OneTimeLinks links) {
        this.projects = projects;
        this.uuids = uuids;
        this.links = links;
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

    @GET
    @Path("{projectId}/sub-client/settings")
    public Response show(@Context ProjectPage page) {
        return Html.ok(page(
                page,
                new CreateProjectPage.Values(
                        page.project().name(),
                        page.project().description().orElse(""),
                        page.project().registrationEnabled()),
                FieldErrors.NONE));
    }

    private ProjectSettingsPage page(ProjectPage page, CreateProjectPage.Values values, FieldErrors errors) {
        return new ProjectSettingsPage(
                page.frame(page.project().name() + " – Settings"), page.projectHead(), values, links.mailing(), errors);
    }

    @POST
    @Path("{projectId}/sub-client/settings")
    public Response save(
            @Context ProjectPage page,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("description") @DefaultValue("") String description) {
        var change =
                new Projects.Change(Optional.of(name), Optional.of(description), Optional.empty(), Optional.empty());
        return switch (projects.update(page.context(), page.id(), change)) {
            case Outcome.Done<Project> _ -> Html.seeOther(here(page) + "&done=project-saved");
            case Outcome.Refused<Project>(Refusal.Rejected rejected) ->
                Html.invalid(page(
                        page,
                        new CreateProjectPage.Values(
                                name, description, page.project().registrationEnabled()),
                        FieldErrors.from(rejected.invalid())));
            case Outcome.Refused<Project> _ -> throw page.unknown();
        };
    }

    @POST
    @Path("{projectId}/sub-client/settings/enabled")
    public Response enable(
            @Context ProjectPage page,
            @FormParam("value") @DefaultValue("") String value,
            @FormParam("back") @DefaultValue("") String back) {
        boolean on = Switch.isOn(value);
        var change = new Projects.Change(Optional.empty(), Optional.empty(), Optional.of(on), Optional.empty());
        return flip(page, change, back, on ? "workspaces-on" : "workspaces-off");
    }

    @POST
    @Path("{projectId}/sub-client/settings/registration")
    public Response openRegistration(@Context ProjectPage page, @FormParam("value") @DefaultValue("") String value) {
        boolean on = Switch.isOn(value);
        var change = new Projects.Change(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(on));
        return flip(page, change, "", on ? "registration-open" : "registration-closed");
    }

    /// @param value `none`, `email` or `approval`
    @POST
    @Path("{projectId}/sub-client/settings/proof")
    public Response askForProof(@Context ProjectPage page, @FormParam("value") @DefaultValue("") String value) {
        return flip(page, Projects.Change.proof(RegistrationProof.of(value)), "", "project-saved");
    }

    /// Redirects; htmx follows and picks the switches from the resulting page.
    private Response flip(ProjectPage page, Projects.Change change, String back, String done) {
        page.value(projects.update(page.context(), page.id(), change));
        return Html.seeOther(WorkspacePaths.back(page.id(), back, here(page), done));
    }

    private static String here(ProjectPage page) {
        return page.as(WorkspacePaths.settings(page.id()));
    }
}
