package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.sso.ProviderTests.Result;
import dev.banyan.platform.sso.ProviderTests.Step;
import dev.banyan.platform.sso.SsoForm;
import dev.banyan.platform.sso.SsoReach;
import dev.banyan.platform.sso.SsoReachPage;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.sso.SsoSetup.View;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page on which single sign-on of a workspace is set up, tested and removed.
@RunOnVirtualThread
abstract class SsoPageResource {

    private static final String SETTINGS = "/settings";
    private static final String PAGE = "/settings/sso";
    private static final String NO_PROVIDER = "Enter your provider to see who can sign in.";

    private final AdminEntrance entrance;
    private final SsoSetup setup;

    private SsoPageResource(AdminEntrance entrance, SsoSetup setup) {
        this.entrance = entrance;
        this.setup = setup;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends SsoPageResource {

        OfProjectResource(ProjectGuard guard, SsoSetup setup) {
            super(guard.entrance(Tab.SETTINGS), setup);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends SsoPageResource {

        OfAdminsResource(WorkspacePageGuard at, SsoSetup setup) {
            super(at.entrance(WorkspaceMenu.SETTINGS), setup);
        }
    }

    /// @param kind which form is shown, if nothing is set up or another kind is wanted
    @GET
    @Path("settings/sso")
    public Response show(@Context Call call, @QueryParam("kind") @DefaultValue("") String kind) {
        return entrance.page(
                call,
                request -> read(request, view -> {
                    Optional<SsoForm> stored = view.stored()
                            .map(found -> SsoForm.of(
                                    found.settings(),
                                    found.passwordSignIn(),
                                    found.linkedPasswords(),
                                    view.emergencyAdmin(),
                                    List.of(),
                                    StoredSso.ROLES));
                    SsoForm form = stored.filter(
                                    found -> kind.isEmpty() || found.kind().equals(kind))
                            .orElseGet(() -> SsoForm.fresh(SsoForm.known(kind), StoredSso.ROLES));
                    return Html.ok(page(request, view, form, FieldErrors.NONE, Optional.empty()));
                }));
    }

    private interface Work {
        Response with(View view);
    }

    private Response read(AdminRequest request, Work work) {
        Workspace workspace = request.workspace();
        return setup.read(request.actor(), workspace.project(), workspace.id()).fold(work::with, request::refused);
    }

    private static SsoPage page(
            AdminRequest request, View view, SsoForm form, FieldErrors errors, Optional<Result> tested) {
        Optional<StoredSso> same = view.stored()
                .filter(stored -> stored.settings().provider().kind().equals(form.kind()));
        boolean hasSecret = same.filter(
                        stored -> form.isSaml() || stored.sealedSecret().isPresent())
                .isPresent();
        return new SsoPage(
                request.frame(
                        "Single sign-on",
                        "Single sign-on of " + request.workspace().name()),
                request.base() + PAGE,
                form,
                errors,
                view.redirectAddress(),
                view.service(),
                view.stored().isPresent(),
                hasSecret,
                form.draft()
                        .map(StoredSso::reach)
                        .or(() -> same.map(stored -> StoredSso.reach(stored.settings())))
                        .orElse(NO_PROVIDER),
                same.flatMap(stored -> SsoReach.notice(stored.settings())),
                view.cut(),
                tested);
    }

    @POST
    @Path("settings/sso")
    public Response save(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("secret") @DefaultValue("") String secret,
            @BeanParam FormFields fields) {
        SsoForm form = SsoForm.typed(fields, StoredSso.ROLES);
        return entrance.form(call, as, request -> {
            Workspace workspace = request.workspace();
            return setup.put(request.actor(), workspace.project(), workspace.id(), form.body(secret))
                    .fold(_ -> request.done(PAGE, "sso-saved"), refusal -> refused(request, form, refusal));
        });
    }

    /// Says who could come in with what was typed so far.
    @POST
    @Path("settings/sso/reach")
    public Response reach(
            @Context Call call, @FormParam("as") @DefaultValue("") String as, @BeanParam FormFields fields) {
        SsoForm form = SsoForm.typed(fields, StoredSso.ROLES);
        return entrance.form(
                call,
                as,
                request -> Html.ok(new SsoReachPage(
                        request.base() + PAGE,
                        form.draft().map(StoredSso::reach).orElse(NO_PROVIDER))));
    }

    @POST
    @Path("settings/sso/test")
    public Response test(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("secret") @DefaultValue("") String secret,
            @BeanParam FormFields fields) {
        SsoForm form = SsoForm.typed(fields, StoredSso.ROLES);
        return entrance.form(call, as, request -> {
            Workspace workspace = request.workspace();
            return setup.test(request.actor(), workspace.project(), workspace.id(), Optional.of(form.body(secret)))
                    .fold(
                            result -> read(
                                    request,
                                    view -> Html.ok(page(request, view, form, FieldErrors.NONE, Optional.of(result)))),
                            refusal -> refused(request, form, refusal));
        });
    }

    private Response refused(AdminRequest request, SsoForm form, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected rejected ->
                read(
                        request,
                        view -> Html.invalid(
                                page(request, view, form, FieldErrors.from(rejected.invalid()), Optional.empty())));
            case Refusal.TooMany(Duration wait) -> {
                var said = new Result(
                        false, List.of(new Step("limit", false, "Too many tests. " + FormProblem.waitText(wait))));
                yield read(
                        request,
                        view -> Html.tooMany(wait, page(request, view, form, FieldErrors.NONE, Optional.of(said))));
            }
            case Refusal.NotFound _,
                    Refusal.Forbidden _,
                    Refusal.LimitReached _,
                    Refusal.ReadOnly _,
                    Refusal.Conflict _ -> request.refused(refusal);
        };
    }

    @GET
    @Path("settings/sso/remove")
    public Response confirmRemove(@Context Call call) {
        return entrance.page(
                call,
                request -> Html.ok(new RemoveSsoPage(request.frame("Remove single sign-on"), request.base() + PAGE)));
    }

    @POST
    @Path("settings/sso/remove")
    public Response remove(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return entrance.form(call, as, request -> {
            Workspace workspace = request.workspace();
            return setup.delete(request.actor(), workspace.project(), workspace.id())
                    .fold(_ -> request.done(SETTINGS, "sso-removed"), request::refused);
        });
    }
}
