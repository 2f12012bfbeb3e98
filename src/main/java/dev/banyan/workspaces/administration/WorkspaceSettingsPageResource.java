package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Switch;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.RequestScope;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.access.Workspaces.Updated;
import dev.banyan.workspaces.administration.WorkspaceBrands.BrandRequest;
import dev.banyan.workspaces.administration.WorkspaceBrands.Changed;
import dev.banyan.workspaces.administration.WorkspaceSettingsForm.Values;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/// The settings of a workspace for the project's side: details, registration, default and appearance.
@Path("/projects")
@RunOnVirtualThread
class WorkspaceSettingsPageResource {

    private static final String TAB = "/settings";

    private final ProjectGuard inProject;
    private final WorkspacePageGuard at;
    private final Workspaces workspaces;
    private final WorkspaceBrands brands;
    private final BrandPreviews previews;

    WorkspaceSettingsPageResource(
            ProjectGuard inProject,
            WorkspacePageGuard at,
            Workspaces workspaces,
            WorkspaceBrands brands,
            BrandPreviews previews) {
        this.inProject = inProject;
        this.at = at;
        this.workspaces = workspaces;
        this.brands = brands;
        this.previews = previews;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/settings")
    public Response show(
            @Context Call call, @PathParam("projectId") String projectId, @PathParam("subClientId") String id) {
        return inProject.page(call, projectId, id, place -> Html.ok(page(place, form(place))));
    }

    private WorkspaceSettingsPage page(RequestScope place, WorkspaceSettingsForm form) {
        return new WorkspaceSettingsPage(
                inProject.shell(place, "Settings of " + place.workspace().name()),
                inProject.head(place, Tab.SETTINGS),
                form,
                place.context().membership().isOwner());
    }

    private WorkspaceSettingsForm form(RequestScope place) {
        Workspace workspace = place.workspace();
        return new WorkspaceSettingsForm(
                WorkspacePaths.workspace(place.project().id(), workspace.id()) + TAB,
                Optional.of(place.context().acting().username()),
                Optional.of(new WorkspaceSettingsForm.Address(workspace.shortId(), workspace.isDefault())),
                workspace,
                at.door(place.call(), workspace, "Settings"),
                place.project().registrationEnabled(),
                Values.of(workspace),
                FieldErrors.NONE);
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/settings")
    public Response save(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("description") @DefaultValue("") String description,
            @FormParam("pathname") @DefaultValue("") String pathname) {
        var change = new Workspaces.Change(
                Optional.of(name),
                Optional.of(description),
                Optional.of(pathname.strip()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return update(
                call,
                as,
                projectId,
                id,
                change,
                "workspace-saved",
                values -> values.withDetails(name, description, pathname));
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/settings/registration")
    public Response openRegistration(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("value") @DefaultValue("") String value) {
        boolean on = Switch.isOn(value);
        var change = Workspaces.Change.registration(on);
        return update(
                call, as, projectId, id, change, on ? "registration-open" : "registration-closed", values -> values);
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/settings/default")
    public Response makeDefault(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        var change = new Workspaces.Change(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(true));
        return update(call, as, projectId, id, change, "workspace-default", values -> values);
    }

    private interface Typed {
        Values over(Values saved);
    }

    private Response update(
            Call call, String as, String projectId, String id, Workspaces.Change change, String done, Typed typed) {
        return inProject.form(call, as, projectId, id, place -> switch (workspaces.update(
                place.actor(), place.project().id(), place.workspace().id(), change)) {
            case Updated.Done _ -> Html.seeOther(place.tab(TAB) + "&done=" + done);
            case Updated.NotFound _ -> inProject.unknown(call);
            case Updated.Rejected rejected -> {
                WorkspaceSettingsForm form = form(place);
                yield Html.invalid(
                        page(place, form.again(typed.over(form.values()), FieldErrors.from(rejected.invalid()))));
            }
            case Updated.Forbidden _, Updated.ForProjectSideOnly _ -> throw mayAll(place);
        });
    }

    private static IllegalStateException mayAll(RequestScope place) {
        return new IllegalStateException(
                "The project's side was refused " + place.workspace().id());
    }

    /// @param suggestion the color suggested by the previous form, used instead of the field's
    @POST
    @Path("{projectId}/sub-clients/{subClientId}/settings/brand")
    public Response saveBrand(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("color") @DefaultValue("") String color,
            @FormParam("letters") @DefaultValue("") String letters,
            @FormParam("welcome") @DefaultValue("") String welcome,
            @FormParam("suggestion") @DefaultValue("") String suggestion) {
        var wanted = new BrandRequest(suggestion.isEmpty() ? color : suggestion, letters, welcome);
        return inProject.form(
                call,
                as,
                projectId,
                id,
                place -> saved(
                        place,
                        brands.change(
                                place.actor(),
                                place.project().id(),
                                place.workspace().id(),
                                wanted),
                        values -> values.withBrand(wanted)));
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/settings/picture")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response setPicture(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("picture") FileUpload picture) {
        return inProject.form(
                call,
                as,
                projectId,
                id,
                place -> saved(
                        place,
                        brands.setPicture(
                                place.actor(),
                                place.project().id(),
                                place.workspace().id(),
                                UploadedPicture.bytes(picture)),
                        values -> values));
    }

    @POST
    @Path("{projectId}/sub-clients/{subClientId}/settings/picture/remove")
    public Response removePicture(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as) {
        return inProject.form(
                call,
                as,
                projectId,
                id,
                place -> saved(
                        place,
                        brands.removePicture(
                                place.actor(),
                                place.project().id(),
                                place.workspace().id()),
                        values -> values));
    }

    private Response saved(RequestScope place, Changed changed, Typed typed) {
        return switch (changed) {
            case Changed.Done _ -> Html.seeOther(place.tab(TAB) + "&done=look-saved#look");
            case Changed.NotFound _ -> inProject.unknown(place.call());
            case Changed.Rejected rejected -> {
                WorkspaceSettingsForm form = form(place);
                yield Html.invalid(
                        page(place, form.again(typed.over(form.values()), FieldErrors.from(rejected.invalid()))));
            }
            case Changed.Forbidden _ -> throw mayAll(place);
        };
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/settings/preview")
    public Response preview(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @QueryParam("color") @DefaultValue("") String color,
            @QueryParam("letters") @DefaultValue("") String letters,
            @QueryParam("welcome") @DefaultValue("") String welcome) {
        return inProject.page(
                call,
                projectId,
                id,
                place -> previews.of(
                        call,
                        place.workspace(),
                        place.workspace().registrationEnabled()
                                && place.project().registrationEnabled(),
                        new BrandRequest(color, letters, welcome)));
    }
}
