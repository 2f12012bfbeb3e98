package dev.banyan.workspaces.mail;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.mail.MailServerForm;
import dev.banyan.platform.mail.MailServerForm.Shown;
import dev.banyan.platform.mail.StoredMailServer;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.TypedSecrets;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.mail.MailServerPage.Said;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The page on which the mail server of a workspace is set up, tested and removed.
@InMenu(WorkspaceMenu.SETTINGS)
abstract class MailServerPageResource {

    private static final String PAGE = "/settings/mail";

    private final MailServers servers;
    private final TypedSecrets secrets;

    private MailServerPageResource(MailServers servers, TypedSecrets secrets) {
        this.servers = servers;
        this.secrets = secrets;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends MailServerPageResource {

        OfProjectResource(MailServers servers, TypedSecrets secrets) {
            super(servers, secrets);
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends MailServerPageResource {

        OfAdminsResource(MailServers servers, TypedSecrets secrets) {
            super(servers, secrets);
        }
    }

    @GET
    @Path("settings/mail")
    public Response show(@Context AdminRequest request) {
        Optional<StoredMailServer> stored = read(request);
        return Html.ok(
                page(request, stored, stored.map(Shown::of).orElse(Shown.EMPTY), FieldErrors.NONE, Optional.empty()));
    }

    private Optional<StoredMailServer> read(AdminRequest request) {
        return request.value(servers.read(request.actor(), request.project(), request.id()));
    }

    private static MailServerPage page(
            AdminRequest request,
            Optional<StoredMailServer> stored,
            Shown form,
            FieldErrors errors,
            Optional<Said> tested) {
        return new MailServerPage(
                request.frame("Mail server"),
                request.base() + PAGE,
                form,
                errors,
                stored.isPresent(),
                stored.filter(server -> server.sealedPassword().isPresent()).isPresent(),
                stored.filter(server -> server.failures() >= WorkspaceMails.TOLD_AFTER)
                        .flatMap(StoredMailServer::lastError),
                tested);
    }

    private MailServerPage again(AdminRequest request, Shown form, FieldErrors errors, Optional<Said> tested) {
        return page(request, read(request), form, errors, tested);
    }

    private MailServerForm with(AdminRequest request, MailServerForm form) {
        return form.with(
                secrets,
                TypedSecrets.owner(request.actor().person(), request.id().value()));
    }

    @POST
    @Path("settings/mail")
    public Response save(@Context AdminRequest request, @BeanParam MailServerForm form) {
        return servers.put(
                        request.actor(),
                        request.project(),
                        request.id(),
                        with(request, form).input())
                .fold(_ -> request.done(PAGE, "mail-saved"), refusal -> refused(request, form.shown(), refusal));
    }

    @POST
    @Path("settings/mail/test")
    public Response test(@Context AdminRequest request, @BeanParam MailServerForm form) {
        return servers.test(
                        request.actor(),
                        request.project(),
                        request.id(),
                        Optional.of(with(request, form).input()))
                .fold(
                        tested -> Html.ok(again(
                                request,
                                form.shown(),
                                FieldErrors.NONE,
                                Optional.of(new Said(tested.ok(), tested.text())))),
                        refusal -> refused(request, form.shown(), refusal));
    }

    private Response refused(AdminRequest request, Shown form, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected(List<Invalid> invalid) ->
                Html.invalid(again(request, form, FieldErrors.from(invalid), Optional.empty()));
            case Refusal.TooMany(Duration wait) -> {
                var said = new Said(false, "Too many tests. " + FormProblem.waitText(wait));
                yield Html.tooMany(wait, again(request, form, FieldErrors.NONE, Optional.of(said)));
            }
            case Refusal.NotFound _,
                    Refusal.Forbidden _,
                    Refusal.LimitReached _,
                    Refusal.ReadOnly _,
                    Refusal.Conflict _ -> request.refused(refusal);
        };
    }

    @POST
    @WithFormRead
    @Path("settings/mail/remove")
    public Response remove(@Context AdminRequest request) {
        request.value(servers.delete(request.actor(), request.project(), request.id()));
        return request.done(PAGE, "mail-removed");
    }
}
