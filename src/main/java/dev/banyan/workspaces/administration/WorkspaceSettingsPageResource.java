package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.UploadedFile;
import dev.banyan.workspaces.Switch;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.access.Workspaces.Updated;
import dev.banyan.workspaces.administration.WorkspaceBrands.BrandRequest;
import dev.banyan.workspaces.administration.WorkspaceSettingsForm.Values;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The settings of a workspace: details, registration and appearance, and for the project's side its address.
@InMenu(WorkspaceMenu.SETTINGS)
abstract class WorkspaceSettingsPageResource {

    private static final String PAGE = "/settings";

    private final WorkspacePageGuard at;
    private final Workspaces workspaces;
    private final WorkspaceBrands brands;
    private final BrandPreviews previews;
    final WorkspaceTemplates templates;

    private WorkspaceSettingsPageResource(
            WorkspacePageGuard at,
            Workspaces workspaces,
            WorkspaceBrands brands,
            BrandPreviews previews,
            WorkspaceTemplates templates) {
        this.at = at;
        this.workspaces = workspaces;
        this.brands = brands;
        this.previews = previews;
        this.templates = templates;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends WorkspaceSettingsPageResource {

        OfProjectResource(
                WorkspacePageGuard at,
                Workspaces workspaces,
                WorkspaceBrands brands,
                BrandPreviews previews,
                WorkspaceTemplates templates) {
            super(at, workspaces, brands, previews, templates);
        }

        @POST
        @WithFormRead
        @Path("settings/default")
        public Response makeDefault(@Context AdminRequest request) {
            return update(request, WorkspaceChange.makeDefault(), "workspace-default", UnaryOperator.identity());
        }

        @POST
        @Path("settings/template")
        public Response markTemplate(
                @Context AdminRequest request, @FormParam("value") @DefaultValue("") String value) {
            boolean on = Switch.isOn(value);
            request.value(templates.set(request.actor(), request.project(), request.id(), on));
            return request.done(PAGE, on ? "template-marked" : "template-unmarked");
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends WorkspaceSettingsPageResource {

        OfAdminsResource(
                WorkspacePageGuard at,
                Workspaces workspaces,
                WorkspaceBrands brands,
                BrandPreviews previews,
                WorkspaceTemplates templates) {
            super(at, workspaces, brands, previews, templates);
        }
    }

    @GET
    @Path("settings")
    public Response show(@Context AdminRequest request) {
        return Html.ok(page(request, form(request)));
    }

    private static WorkspaceSettingsPage page(AdminRequest request, WorkspaceSettingsForm form) {
        return new WorkspaceSettingsPage(
                request.frame("Settings"),
                form,
                request.actor() instanceof WorkspaceActor.ProjectSide side
                        && side.context().membership().isOwner());
    }

    private WorkspaceSettingsForm form(AdminRequest request) {
        Workspace workspace = request.workspace();
        return new WorkspaceSettingsForm(
                request.base() + PAGE,
                request.as(),
                request.as()
                        .map(_ -> new WorkspaceSettingsForm.Address(
                                workspace.shortId(),
                                workspace.isDefault(),
                                templates.isTemplate(workspace.owner().tenant(), workspace.id()))),
                workspace,
                at.door(request.call(), workspace, "Settings"),
                request.registrationOpen() || !workspace.registrationEnabled(),
                Values.of(workspace),
                FieldErrors.NONE);
    }

    /// @param pathname counts on the project's side only
    @POST
    @Path("settings")
    public Response save(
            @Context AdminRequest request,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("description") @DefaultValue("") String description,
            @FormParam("pathname") @DefaultValue("") String pathname) {
        return update(
                request,
                WorkspaceChange.details(name, description, request.as().map(_ -> pathname.strip())),
                "workspace-saved",
                values -> values.withDetails(name, description, pathname));
    }

    @POST
    @Path("settings/registration")
    public Response openRegistration(
            @Context AdminRequest request, @FormParam("value") @DefaultValue("") String value) {
        boolean on = Switch.isOn(value);
        return update(
                request,
                WorkspaceChange.registration(on),
                on ? "registration-open" : "registration-closed",
                UnaryOperator.identity());
    }

    final Response update(AdminRequest request, WorkspaceChange change, String done, UnaryOperator<Values> typed) {
        return switch (workspaces.update(request.actor(), request.project(), request.id(), change)) {
            case Updated.Done _ -> request.done(PAGE, done);
            case Updated.Refused(Refusal refusal) -> refused(request, refusal, typed);
            case Updated.ForProjectSideOnly _ -> request.forbidden();
        };
    }

    private Response refused(AdminRequest request, Refusal refusal, UnaryOperator<Values> typed) {
        if (!(refusal instanceof Refusal.Rejected rejected)) {
            return request.refused(refusal);
        }
        WorkspaceSettingsForm form = form(request);
        return Html.invalid(
                page(request, form.again(typed.apply(form.values()), FieldErrors.from(rejected.invalid()))));
    }

    /// @param suggestion the color suggested by the previous form, used instead of the field's
    @POST
    @Path("settings/brand")
    public Response saveBrand(
            @Context AdminRequest request,
            @FormParam("color") @DefaultValue("") String color,
            @FormParam("letters") @DefaultValue("") String letters,
            @FormParam("welcome") @DefaultValue("") String welcome,
            @FormParam("language") @DefaultValue("") String language,
            @FormParam("suggestion") @DefaultValue("") String suggestion) {
        var wanted = new BrandRequest(suggestion.isEmpty() ? color : suggestion, letters, welcome, language);
        return saved(
                request,
                brands.change(request.actor(), request.project(), request.id(), wanted),
                values -> values.withBrand(wanted));
    }

    @POST
    @Path("settings/picture")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response setPicture(@Context AdminRequest request, @FormParam("picture") FileUpload picture) {
        byte[] bytes = UploadedFile.bytes(picture, WorkspaceBrands.LARGEST_PICTURE);
        return saved(
                request,
                brands.setPicture(request.actor(), request.project(), request.id(), bytes),
                UnaryOperator.identity());
    }

    @POST
    @WithFormRead
    @Path("settings/picture/remove")
    public Response removePicture(@Context AdminRequest request) {
        return saved(
                request,
                brands.removePicture(request.actor(), request.project(), request.id()),
                UnaryOperator.identity());
    }

    private Response saved(AdminRequest request, Outcome<Workspace> changed, UnaryOperator<Values> typed) {
        return changed.fold(_ -> request.done(PAGE, "look-saved#look"), refusal -> refused(request, refusal, typed));
    }

    @GET
    @Path("settings/preview")
    public Response preview(
            @Context AdminRequest request,
            @QueryParam("color") @DefaultValue("") String color,
            @QueryParam("letters") @DefaultValue("") String letters,
            @QueryParam("welcome") @DefaultValue("") String welcome,
            @QueryParam("language") @DefaultValue("") String language) {
        return previews.of(
                request.call(),
                request.workspace(),
                request.registrationOpen(),
                new BrandRequest(color, letters, welcome, language));
    }
}
