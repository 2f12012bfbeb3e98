package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FreshLinks;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.Switch;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.Ground;
import dev.banyan.workspaces.access.ProjectHead;
import dev.banyan.workspaces.access.Projects;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// A project's name and its switches: whether it has workspaces, and whether people may register in them.
@Path("/projects")
@RunOnVirtualThread
class ProjectSettingsPageResource {

    private final ProjectGuard inProject;
    private final Projects projects;
    private final FreshLinks links;

    ProjectSettingsPageResource(ProjectGuard inProject, Projects projects, FreshLinks links) {
        this.links = links;
        this.inProject = inProject;
        this.projects = projects;
    }

    @GET
    @Path("{projectId}/sub-client/settings")
    public Response show(@Context Call call, @PathParam("projectId") String projectId) {
        return inProject.page(
                call,
                projectId,
                ground -> Html.ok(page(
                        ground,
                        new CreateProjectPage.Values(
                                ground.project().name(),
                                ground.project().description().orElse(""),
                                ground.project().registrationEnabled()),
                        FieldErrors.NONE)));
    }

    private ProjectSettingsPage page(Ground ground, CreateProjectPage.Values values, FieldErrors errors) {
        return new ProjectSettingsPage(
                inProject.shell(ground, "Settings of " + ground.project().name()),
                ProjectHead.of(ground.project()),
                values,
                links.mailing(),
                errors);
    }

    @POST
    @Path("{projectId}/sub-client/settings")
    public Response save(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("description") @DefaultValue("") String description) {
        var change =
                new Projects.Change(Optional.of(name), Optional.of(description), Optional.empty(), Optional.empty());
        return inProject.form(call, as, projectId, ground -> switch (projects.update(
                ground.context(), ground.project().id(), change)) {
            case Outcome.Done<Project> _ -> Html.seeOther(here(ground) + "&done=project-saved");
            case Outcome.Refused<Project>(Refusal.Rejected rejected) ->
                Html.invalid(page(
                        ground,
                        new CreateProjectPage.Values(
                                name, description, ground.project().registrationEnabled()),
                        FieldErrors.from(rejected.invalid())));
            case Outcome.Refused<Project> _ -> inProject.unknown(call);
        });
    }

    @POST
    @Path("{projectId}/sub-client/settings/enabled")
    public Response enable(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("value") @DefaultValue("") String value,
            @FormParam("back") @DefaultValue("") String back) {
        boolean on = Switch.isOn(value);
        var change = new Projects.Change(Optional.empty(), Optional.empty(), Optional.of(on), Optional.empty());
        return flip(call, projectId, as, change, back, on ? "workspaces-on" : "workspaces-off");
    }

    @POST
    @Path("{projectId}/sub-client/settings/registration")
    public Response openRegistration(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("value") @DefaultValue("") String value) {
        boolean on = Switch.isOn(value);
        var change = new Projects.Change(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(on));
        return flip(call, projectId, as, change, "", on ? "registration-open" : "registration-closed");
    }

    /// @param value `none`, `email` or `approval`
    @POST
    @Path("{projectId}/sub-client/settings/proof")
    public Response askForProof(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("value") @DefaultValue("") String value) {
        return flip(call, projectId, as, Projects.Change.proof(RegistrationProof.of(value)), "", "project-saved");
    }

    /// Redirects; htmx follows and picks the switches from the resulting page.
    private Response flip(Call call, String projectId, String as, Projects.Change change, String back, String done) {
        return inProject.form(
                call,
                as,
                projectId,
                ground -> projects.update(ground.context(), ground.project().id(), change)
                        .fold(
                                _ -> Html.seeOther(
                                        WorkspacePaths.back(ground.project().id(), back, here(ground), done)),
                                _ -> inProject.unknown(call)));
    }

    private static String here(Ground ground) {
        return WorkspacePaths.settings(ground.project().id()) + "?as="
                + ground.context().acting().username();
    }
}
