package dev.banyan.workspaces.number;

import static dev.banyan.workspaces.number.NumberPageGuard.PAGE;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.session.LinkOffer;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.PasskeySteps;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceNumbers.Deleted;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminFrame;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The WhatsApp number of a workspace: linked, monitored and removed. The page polls while a code is shown; an
/// unchanged state gets an empty answer.
@RunOnVirtualThread
abstract class WorkspaceNumberPageResource {

    private final AdminEntrance entrance;
    private final NumberPageGuard guard;
    private final WorkspaceNumbers numbers;
    private final Linking linking;
    private final PasskeySteps passkeys;
    private final NumberParts parts;

    private WorkspaceNumberPageResource(
            AdminEntrance entrance,
            NumberPageGuard guard,
            WorkspaceNumbers numbers,
            Linking linking,
            PasskeySteps passkeys,
            NumberParts parts) {
        this.entrance = entrance;
        this.guard = guard;
        this.numbers = numbers;
        this.linking = linking;
        this.passkeys = passkeys;
        this.parts = parts;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends WorkspaceNumberPageResource {

        private final WorkspacePools pools;

        OfProjectResource(
                ProjectGuard inProject,
                NumberPageGuard guard,
                WorkspaceNumbers numbers,
                Linking linking,
                PasskeySteps passkeys,
                NumberParts parts,
                WorkspacePools pools) {
            super(inProject.entrance(Tab.WHATSAPP), guard, numbers, linking, passkeys, parts);
            this.pools = pools;
        }

        /// Attaches a pool of the account instead of creating a number.
        ///
        /// @param pool the id of its master
        @POST
        @Path("whatsapp/attach")
        public Response attach(
                @Context Call call,
                @FormParam("as") @DefaultValue("") String as,
                @FormParam("pool") @DefaultValue("") String pool,
                @FormParam("masterId") @DefaultValue("") String other) {
            String wanted = other.isBlank() ? pool.strip() : other.strip();
            return form(
                    call,
                    as,
                    request -> answer(
                            request,
                            "pool-attached",
                            SenderId.parse(wanted)
                                    .map(id -> pools.attach(request.actor(), request.workspace(), id))
                                    .orElseGet(WorkspacePools.Attached.NoPool::new)));
        }

        @POST
        @Path("whatsapp/detach")
        public Response detach(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
            return form(
                    call,
                    as,
                    request -> answer(request, "pool-detached", pools.detach(request.actor(), request.workspace())));
        }

        private Response answer(AdminRequest request, String done, WorkspacePools.Attached attached) {
            return switch (attached) {
                case WorkspacePools.Attached.Done _ -> done(request, done);
                case WorkspacePools.Attached.NoPool _ ->
                    refused(request, "Pool not found.", "Choose a pool of this account. It may have been removed.");
                case WorkspacePools.Attached.InUse(String workspace) ->
                    refused(request, "“" + workspace + "” uses this pool.", "Detach it there first.");
                case WorkspacePools.Attached.HasNumber _ ->
                    refused(request, "This workspace has a number already.", "Detach or remove it first.");
                case WorkspacePools.Attached.Refused(Refusal refusal) -> request.refused(refusal);
            };
        }

        private Response refused(AdminRequest request, String title, String text) {
            return Html.invalid(page(request, Optional.of(new FormProblem(title, text))));
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends WorkspaceNumberPageResource {

        OfAdminsResource(
                WorkspacePageGuard at,
                NumberPageGuard guard,
                WorkspaceNumbers numbers,
                Linking linking,
                PasskeySteps passkeys,
                NumberParts parts) {
            super(at.entrance(WorkspaceMenu.WHATSAPP, at::adminsOnly), guard, numbers, linking, passkeys, parts);
        }
    }

    @GET
    @Path("whatsapp")
    public Response show(@Context Call call, @QueryParam("seen") @DefaultValue("") String seen) {
        return entrance.page(call, request -> {
            WorkspaceNumberPage page = page(request, Optional.empty());
            return call.isHtmx() && page.part().version().equals(seen)
                    ? Response.noContent().header("Cache-Control", "no-store").build()
                    : Html.ok(page);
        });
    }

    WorkspaceNumberPage page(AdminRequest request, Optional<FormProblem> problem) {
        return new WorkspaceNumberPage(frame(request), parts.of(request, problem));
    }

    Response form(Call call, String as, Function<AdminRequest, Response> work) {
        return entrance.form(call, as, work);
    }

    /// Gives the workspace a number if it has none, and shows the first code.
    ///
    /// @param connection where a new one is to be, if someone chose
    @POST
    @Path("whatsapp/link")
    public Response link(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("connection") @DefaultValue("") String connection) {
        return entrance.form(
                call,
                as,
                request -> created(request, connection)
                        .fold(
                                number -> {
                                    linking.link(
                                            number.tenant(), request.actor().actor(), number.id());
                                    return Html.seeOther(request.path(PAGE));
                                },
                                request::refused));
    }

    private Outcome<Sender> created(AdminRequest request, String connection) {
        return parts.chosen(request.actor(), connection)
                .map(place ->
                        numbers.create(request.actor(), request.workspace().id(), place))
                .orElseGet(() ->
                        numbers.create(request.actor(), request.workspace().id()));
    }

    @POST
    @Path("whatsapp/cancel")
    public Response cancel(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return change(
                call,
                as,
                "",
                (request, number) ->
                        linking.cancel(number.tenant(), request.actor().actor(), number.id()));
    }

    /// Simulates a phone that scans the code; for a real number, only shows the page.
    @POST
    @Path("whatsapp/scan")
    public Response scan(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return change(call, as, "", (_, number) -> linking.scan(number.tenant(), number.id(), Optional.empty()));
    }

    /// Links the number with a code that is typed on the phone.
    @POST
    @Path("whatsapp/pair")
    public Response pair(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return guard.onNumber(entrance, call, as, (request, number) -> {
            linking.pair(number.tenant(), request.actor().actor(), number.id());
            return linking.pairingCode(number.tenant(), number.id()).isPresent()
                    ? done(request, "")
                    : refused(request, LinkOffer.NO_PAIRING_CODE, "");
        });
    }

    /// Passes on what a browser has signed at WhatsApp.
    @POST
    @Path("whatsapp/passkey")
    public Response answer(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("credential") @DefaultValue("") String credential) {
        return guard.onNumber(
                entrance,
                call,
                as,
                (request, number) ->
                        passed(request, passkeys.answer(number, LinkOffer.pasted(credential)), credential));
    }

    @POST
    @Path("whatsapp/passkey/confirm")
    public Response confirm(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return guard.onNumber(entrance, call, as, (request, number) -> passed(request, passkeys.confirm(number), ""));
    }

    private Response passed(AdminRequest request, Optional<String> refusal, String typed) {
        return refusal.map(why -> refused(request, LinkOffer.refused(why), typed))
                .orElseGet(() -> done(request, ""));
    }

    private Response refused(AdminRequest request, FormProblem problem, String typed) {
        return Html.invalid(new WorkspaceNumberPage(frame(request), parts.of(request, Optional.of(problem), typed)));
    }

    private static AdminFrame frame(AdminRequest request) {
        return request.frame("WhatsApp", "WhatsApp of " + request.workspace().name());
    }

    @POST
    @Path("whatsapp/unlink")
    public Response unlink(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return change(
                call,
                as,
                "number-unlinked",
                (request, number) ->
                        linking.unlink(number.tenant(), request.actor().actor(), number.id()));
    }

    private Response change(Call call, String as, String done, BiConsumer<AdminRequest, Sender> work) {
        return guard.onNumber(entrance, call, as, (request, number) -> {
            work.accept(request, number);
            return done(request, done);
        });
    }

    /// Only the account's frame has toasts for this page.
    static Response done(AdminRequest request, String done) {
        String toast = request.as().isEmpty() || done.isEmpty() ? "" : "&done=" + done;
        return Html.seeOther(request.path(PAGE) + toast);
    }

    @POST
    @Path("whatsapp/delete")
    public Response delete(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return guard.onNumber(entrance, call, as, (request, number) -> switch (numbers.delete(
                request.actor(), number.id().value())) {
            case Deleted.Done _, Deleted.Refused(Refusal.NotFound _) -> done(request, "number-removed");
            case Deleted.HasServants has ->
                Html.invalid(page(request, Optional.of(NumberParts.hasServants(has.servants()))));
            case Deleted.Refused(Refusal refusal) -> request.refused(refusal);
        });
    }
}
