package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Switch;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspaceMenu;
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
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/// The settings of a workspace for its own admins: name, description, registration and appearance.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class MemberSettingsPageResource {

    private final WorkspacePageGuard at;
    private final Workspaces workspaces;
    private final WorkspaceBrands brands;
    private final BrandPreviews previews;

    MemberSettingsPageResource(
            WorkspacePageGuard at, Workspaces workspaces, WorkspaceBrands brands, BrandPreviews previews) {
        this.at = at;
        this.workspaces = workspaces;
        this.brands = brands;
        this.previews = previews;
    }

    private Response admin(Call call, String shortPath, Function<Member, Response> work) {
        return at.member(call, shortPath, Right.CHANGE_DETAILS, WorkspaceMenu.SETTINGS, work);
    }

    @GET
    @Path("settings")
    public Response show(@Context Call call, @PathParam("shortPath") String shortPath) {
        return admin(call, shortPath, member -> Html.ok(page(call, member, form(call, member))));
    }

    private MemberSettingsPage page(Call call, Member member, WorkspaceSettingsForm form) {
        return new MemberSettingsPage(at.shell(call, member, WorkspaceMenu.SETTINGS, "Settings"), form);
    }

    private WorkspaceSettingsForm form(Call call, Member member) {
        Workspace workspace = member.workspace();
        return new WorkspaceSettingsForm(
                path(member),
                Optional.empty(),
                Optional.empty(),
                workspace,
                at.door(call, workspace, "Settings"),
                member.registrationOpen() || !workspace.registrationEnabled(),
                Values.of(workspace),
                FieldErrors.NONE);
    }

    private static String path(Member member) {
        return WorkspacePageGuard.pathOf(member.workspace()) + "/settings";
    }

    @POST
    @Path("settings")
    public Response save(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("description") @DefaultValue("") String description) {
        var change = new Workspaces.Change(
                Optional.of(name),
                Optional.of(description),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return admin(
                call,
                shortPath,
                member -> update(
                        call,
                        member,
                        change,
                        "workspace-saved",
                        values -> values.withDetails(name, description, values.pathname())));
    }

    @POST
    @Path("settings/registration")
    public Response openRegistration(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("value") @DefaultValue("") String value) {
        boolean on = Switch.isOn(value);
        return admin(
                call,
                shortPath,
                member -> update(
                        call,
                        member,
                        Workspaces.Change.registration(on),
                        on ? "registration-open" : "registration-closed",
                        values -> values));
    }

    private Response update(
            Call call, Member member, Workspaces.Change change, String done, UnaryOperator<Values> typed) {
        return switch (workspaces.update(
                member, member.workspace().project(), member.workspace().id(), change)) {
            case Updated.Done _ -> Html.seeOther(path(member) + "?done=" + done);
            case Updated.NotFound _ -> Html.seeOther(WorkspacePageGuard.pathOf(member.workspace()) + "/login");
            case Updated.Rejected rejected -> {
                WorkspaceSettingsForm form = form(call, member);
                yield Html.invalid(page(
                        call, member, form.again(typed.apply(form.values()), FieldErrors.from(rejected.invalid()))));
            }
            case Updated.Forbidden _, Updated.ForProjectSideOnly _ ->
                at.refused(call, member, Right.CHANGE_DETAILS, WorkspaceMenu.SETTINGS);
        };
    }

    /// @param suggestion the color suggested by the previous form, used instead of the field's
    @POST
    @Path("settings/brand")
    public Response saveBrand(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("color") @DefaultValue("") String color,
            @FormParam("letters") @DefaultValue("") String letters,
            @FormParam("welcome") @DefaultValue("") String welcome,
            @FormParam("suggestion") @DefaultValue("") String suggestion) {
        var wanted = new BrandRequest(suggestion.isEmpty() ? color : suggestion, letters, welcome);
        return admin(
                call,
                shortPath,
                member -> saved(
                        call,
                        member,
                        brands.change(
                                member,
                                member.workspace().project(),
                                member.workspace().id(),
                                wanted),
                        values -> values.withBrand(wanted)));
    }

    @POST
    @Path("settings/picture")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response setPicture(
            @Context Call call, @PathParam("shortPath") String shortPath, @FormParam("picture") FileUpload picture) {
        return admin(
                call,
                shortPath,
                member -> saved(
                        call,
                        member,
                        brands.setPicture(
                                member,
                                member.workspace().project(),
                                member.workspace().id(),
                                UploadedPicture.bytes(picture)),
                        values -> values));
    }

    @POST
    @Path("settings/picture/remove")
    public Response removePicture(@Context Call call, @PathParam("shortPath") String shortPath) {
        return admin(
                call,
                shortPath,
                member -> saved(
                        call,
                        member,
                        brands.removePicture(
                                member,
                                member.workspace().project(),
                                member.workspace().id()),
                        values -> values));
    }

    private Response saved(Call call, Member member, Changed changed, UnaryOperator<Values> typed) {
        return switch (changed) {
            case Changed.Done _ -> Html.seeOther(path(member) + "?done=look-saved#look");
            case Changed.NotFound _ -> Html.seeOther(WorkspacePageGuard.pathOf(member.workspace()) + "/login");
            case Changed.Rejected rejected -> {
                WorkspaceSettingsForm form = form(call, member);
                yield Html.invalid(page(
                        call, member, form.again(typed.apply(form.values()), FieldErrors.from(rejected.invalid()))));
            }
            case Changed.Forbidden _ -> at.refused(call, member, Right.CHANGE_DETAILS, WorkspaceMenu.SETTINGS);
        };
    }

    @GET
    @Path("settings/preview")
    public Response preview(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @QueryParam("color") @DefaultValue("") String color,
            @QueryParam("letters") @DefaultValue("") String letters,
            @QueryParam("welcome") @DefaultValue("") String welcome) {
        return admin(
                call,
                shortPath,
                member -> previews.of(
                        call,
                        member.workspace(),
                        member.registrationOpen(),
                        new BrandRequest(color, letters, welcome)));
    }
}
