package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.OneTimeLinks;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Switch;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard.ProjectPage;
import dev.banyan.workspaces.access.Projects;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// A project's name and its switches: whether it has workspaces, and whether people may register in them.
@Path("/projects")
@RunOnVirtualThread
class ProjectSettingsPageResource {

    private final Projects projects;
    private final OneTimeLinks links;

    ProjectSettingsPageResource(Projects projects, OneTimeLinks links) {
        this.links = links;
        this.projects = projects;
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
