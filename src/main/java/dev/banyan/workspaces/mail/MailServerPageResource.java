package dev.banyan.workspaces.mail;

import module java.base;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
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
import dev.banyan.workspaces.mail.MailServerPage.Form;
import dev.banyan.workspaces.mail.MailServerPage.Said;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page on which the mail server of a workspace is set up, tested and removed.
@RunOnVirtualThread
abstract class MailServerPageResource {

    private static final String PAGE = "/settings/mail";

    private final AdminEntrance entrance;
    private final MailServers servers;

    private MailServerPageResource(AdminEntrance entrance, MailServers servers) {
        this.entrance = entrance;
        this.servers = servers;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends MailServerPageResource {

        OfProjectResource(ProjectGuard guard, MailServers servers) {
            super(guard.entrance(Tab.SETTINGS), servers);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends MailServerPageResource {

        OfAdminsResource(WorkspacePageGuard guard, MailServers servers) {
            super(guard.entrance(WorkspaceMenu.SETTINGS), servers);
        }
    }

    @GET
    @Path("settings/mail")
    public Response show(@Context Call call) {
        return entrance.page(
                call,
                request -> read(
                        request,
                        stored -> Html.ok(page(
                                request,
                                stored,
                                stored.map(MailServerPageResource::form)
                                        .orElseGet(() -> new Form("", "", "starttls", "", "", "")),
                                FieldErrors.NONE,
                                Optional.empty()))));
    }

    private interface Work {
        Response with(Optional<StoredMailServer> stored);
    }

    private Response read(AdminRequest request, Work work) {
        Workspace workspace = request.workspace();
        return servers.read(request.actor(), workspace.project(), workspace.id())
                .fold(work::with, request::refused);
    }

    private static Form form(StoredMailServer server) {
        return new Form(
                server.host(),
                Integer.toString(server.port()),
                server.security().key(),
                server.user(),
                server.from(),
                server.fromName());
    }

    private static MailServerPage page(
            AdminRequest request,
            Optional<StoredMailServer> stored,
            Form form,
            FieldErrors errors,
            Optional<Said> tested) {
        return new MailServerPage(
                request.frame(
                        "Mail server", "Mail server of " + request.workspace().name()),
                request.base() + PAGE,
                form,
                errors,
                stored.isPresent(),
                stored.filter(server -> server.sealedPassword().isPresent()).isPresent(),
                stored.filter(server -> server.failures() >= WorkspaceMails.TOLD_AFTER)
                        .flatMap(StoredMailServer::lastError),
                tested);
    }

    @POST
    @Path("settings/mail")
    public Response save(
            @Context Call call, @FormParam("as") @DefaultValue("") String as, @BeanParam MailServerForm form) {
        return entrance.form(call, as, request -> {
            Workspace workspace = request.workspace();
            return servers.put(request.actor(), workspace.project(), workspace.id(), form.wish())
                    .fold(_ -> request.done(PAGE, "mail-saved"), refusal -> refused(request, form.shown(), refusal));
        });
    }

    @POST
    @Path("settings/mail/test")
    public Response test(
            @Context Call call, @FormParam("as") @DefaultValue("") String as, @BeanParam MailServerForm form) {
        return entrance.form(call, as, request -> {
            Workspace workspace = request.workspace();
            return servers.test(request.actor(), workspace.project(), workspace.id(), Optional.of(form.wish()))
                    .fold(
                            tested -> read(
                                    request,
                                    stored -> Html.ok(page(
                                            request,
                                            stored,
                                            form.shown(),
                                            FieldErrors.NONE,
                                            Optional.of(new Said(tested.ok(), tested.text()))))),
                            refusal -> refused(request, form.shown(), refusal));
        });
    }

    private Response refused(AdminRequest request, Form form, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected rejected ->
                read(
                        request,
                        stored -> Html.invalid(
                                page(request, stored, form, FieldErrors.from(rejected.invalid()), Optional.empty())));
            case Refusal.TooMany(Duration wait) ->
                read(
                        request,
                        stored -> Html.tooMany(
                                wait,
                                page(
                                        request,
                                        stored,
                                        form,
                                        FieldErrors.NONE,
                                        Optional.of(
                                                new Said(false, "Too many tests. " + FormProblem.waitText(wait))))));
            case Refusal.NotFound _,
                    Refusal.Forbidden _,
                    Refusal.LimitReached _,
                    Refusal.ReadOnly _,
                    Refusal.Conflict _ -> request.refused(refusal);
        };
    }

    @POST
    @Path("settings/mail/remove")
    public Response remove(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return entrance.form(call, as, request -> {
            Workspace workspace = request.workspace();
            return servers.delete(request.actor(), workspace.project(), workspace.id())
                    .fold(_ -> request.done(PAGE, "mail-removed"), request::refused);
        });
    }
}
