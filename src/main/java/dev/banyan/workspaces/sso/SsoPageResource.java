package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.TypedSecrets;
import dev.banyan.platform.sso.SignInLog;
import dev.banyan.platform.sso.SignInRow;
import dev.banyan.platform.sso.SsoBody;
import dev.banyan.platform.sso.SsoDraft;
import dev.banyan.platform.sso.SsoForm;
import dev.banyan.platform.sso.SsoPreset;
import dev.banyan.platform.sso.SsoReach;
import dev.banyan.platform.sso.SsoReachPage;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.sso.SsoSetup.View;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The page on which single sign-on of a workspace is set up, tested and removed.
@InMenu(WorkspaceMenu.SETTINGS)
abstract class SsoPageResource {

    private static final String SETTINGS = "/settings";
    private static final String PAGE = "/settings/sso";
    private static final String NO_PROVIDER = "Enter your provider to see who can sign in.";

    private final SsoSetup setup;
    private final TypedSecrets secrets;

    private SsoPageResource(SsoSetup setup, TypedSecrets secrets) {
        this.setup = setup;
        this.secrets = secrets;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends SsoPageResource {

        OfProjectResource(SsoSetup setup, TypedSecrets secrets) {
            super(setup, secrets);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends SsoPageResource {

        OfAdminsResource(SsoSetup setup, TypedSecrets secrets) {
            super(setup, secrets);
        }
    }

    /// @param kind which form is shown, if nothing is set up or another kind is wanted
    /// @param preset which provider fills the form
    /// @param before where the part of the sign-ins begins that is shown
    @GET
    @Path("settings/sso")
    public Response show(
            @Context AdminRequest request,
            @QueryParam("kind") @DefaultValue("") String kind,
            @QueryParam("preset") @DefaultValue("") String preset,
            @QueryParam("before") @DefaultValue("") String before) {
        View view = view(request);
        Optional<SsoForm> stored = view.sso().map(found -> SsoForm.of(found, List.of(), StoredSso.ROLES));
        return page(
                request, view, SsoDraft.of(SsoForm.shown(stored, kind, preset, StoredSso.ROLES)), Uuids.parse(before));
    }

    private View view(AdminRequest request) {
        return request.value(setup.read(request.actor(), request.project(), request.id()));
    }

    /// @param before where the part of the sign-ins begins that is shown
    private Response page(AdminRequest request, View view, SsoDraft draft, Optional<UUID> before) {
        SignInLog.Part signIns = request.value(setup.signIns(request.actor(), request.project(), request.id(), before));
        String path = request.path(PAGE);
        String page = path + (path.contains("?") ? "&" : "?");
        SsoForm form = draft.form();
        Optional<StoredSso> same =
                view.stored().filter(stored -> stored.provider().kind().equals(form.kind()));
        return Html.answer(
                draft.status(),
                new SsoPage(
                        request.frame("Single sign-on"),
                        request.base() + PAGE,
                        form,
                        draft.errors(),
                        view.addresses(),
                        SsoPreset.Guide.of(form, view.addresses(), page),
                        view.others().filter(_ -> view.stored().isPresent()),
                        view.stored().isPresent(),
                        form.hasSecret(view.sso()),
                        form.draft()
                                .map(StoredSso::reach)
                                .or(() -> same.map(stored -> StoredSso.reach(stored.settings())))
                                .orElse(NO_PROVIDER),
                        same.flatMap(stored -> SsoReach.notice(stored.settings())),
                        view.cut(),
                        draft.tested(),
                        SignInRow.rows(signIns, page)));
    }

    @POST
    @Path("settings/sso")
    @WithFormRead
    public Response save(@Context AdminRequest request, @BeanParam FormFields fields) {
        SsoForm form = typed(request, fields);
        return setup.put(request.actor(), request.project(), request.id(), body(request, form))
                .fold(_ -> request.done(PAGE, "sso-saved"), refusal -> again(request, form, refusal));
    }

    private SsoForm typed(AdminRequest request, FormFields fields) {
        return SsoForm.typed(fields, StoredSso.ROLES, secrets, owner(request));
    }

    private SsoBody body(AdminRequest request, SsoForm form) {
        return form.body(secrets.open(form.of(TypedSecrets.FIELD), owner(request)));
    }

    private static String owner(AdminRequest request) {
        return TypedSecrets.owner(request.actor().person(), request.id().value());
    }

    private Response again(AdminRequest request, SsoForm form, Refusal refusal) {
        return form.again(refusal, draft -> page(request, view(request), draft, Optional.empty()), request::refused);
    }

    /// Says who could come in with what was typed so far.
    @POST
    @Path("settings/sso/reach")
    @WithFormRead
    public Response reach(@Context AdminRequest request, @BeanParam FormFields fields) {
        SsoForm form = typed(request, fields);
        return Html.ok(new SsoReachPage(
                request.base() + PAGE, form.draft().map(StoredSso::reach).orElse(NO_PROVIDER)));
    }

    @POST
    @Path("settings/sso/test")
    @WithFormRead
    public Response test(@Context AdminRequest request, @BeanParam FormFields fields) {
        SsoForm form = typed(request, fields);
        return setup.test(request.actor(), request.project(), request.id(), Optional.of(body(request, form)))
                .fold(
                        result -> page(request, view(request), SsoDraft.tested(form, result), Optional.empty()),
                        refusal -> again(request, form, refusal));
    }

    @POST
    @Path("settings/sso/address")
    @WithFormRead
    public Response useNewAddress(@Context AdminRequest request) {
        request.value(setup.useNewAddress(request.actor(), request.project(), request.id()));
        return request.done(PAGE, "sso-address-changed");
    }

    @GET
    @Path("settings/sso/remove")
    public Response confirmRemove(@Context AdminRequest request) {
        return Html.ok(new RemoveSsoPage(request.frame("Remove single sign-on"), request.base() + PAGE));
    }

    @POST
    @Path("settings/sso/remove")
    @WithFormRead
    public Response remove(@Context AdminRequest request) {
        request.value(setup.delete(request.actor(), request.project(), request.id()));
        return request.done(SETTINGS, "sso-removed");
    }
}
