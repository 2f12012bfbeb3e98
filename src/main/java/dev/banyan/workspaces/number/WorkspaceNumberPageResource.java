package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
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
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.number.NumberPages.NumberPage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The WhatsApp number of a workspace: linked, monitored and removed. The page polls while a code is shown; an
/// unchanged state gets an empty answer.
@InMenu(value = WorkspaceMenu.WHATSAPP, refusedPlainly = true)
abstract class WorkspaceNumberPageResource {

    private final WorkspaceNumbers numbers;
    private final Linking linking;
    private final PasskeySteps passkeys;
    private final NumberParts parts;

    private WorkspaceNumberPageResource(
            WorkspaceNumbers numbers, Linking linking, PasskeySteps passkeys, NumberParts parts) {
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
                WorkspaceNumbers numbers,
                Linking linking,
                PasskeySteps passkeys,
                NumberParts parts,
                WorkspacePools pools) {
            super(numbers, linking, passkeys, parts);
            this.pools = pools;
        }

        /// Attaches a pool of the account instead of creating a number.
        ///
        /// @param pool the id of its master
        @POST
        @Path("whatsapp/attach")
        public Response attach(
                @Context AdminRequest request,
                @FormParam("pool") @DefaultValue("") String pool,
                @FormParam("masterId") @DefaultValue("") String other) {
            String wanted = other.isBlank() ? pool.strip() : other.strip();
            return answer(
                    request,
                    "pool-attached",
                    pools.attach(
                            request.actor(),
                            request.workspace().project(),
                            request.workspace().id(),
                            wanted));
        }

        @POST
        @WithFormRead
        @Path("whatsapp/detach")
        public Response detach(@Context AdminRequest request) {
            return answer(
                    request,
                    "pool-detached",
                    pools.detach(
                            request.actor(),
                            request.workspace().project(),
                            request.workspace().id()));
        }

        private Response answer(AdminRequest request, String done, WorkspacePools.Attached attached) {
            return switch (attached) {
                case WorkspacePools.Attached.Done _ -> NumberPage.done(request, done);
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

        OfAdminsResource(WorkspaceNumbers numbers, Linking linking, PasskeySteps passkeys, NumberParts parts) {
            super(numbers, linking, passkeys, parts);
        }
    }

    @GET
    @Path("whatsapp")
    public Response show(@Context AdminRequest request, @QueryParam("seen") @DefaultValue("") String seen) {
        WorkspaceNumberPage page = page(request, Optional.empty());
        return request.call().isHtmx() && page.part().version().equals(seen)
                ? Response.noContent().header("Cache-Control", "no-store").build()
                : Html.ok(page);
    }

    WorkspaceNumberPage page(AdminRequest request, Optional<FormProblem> problem) {
        return new WorkspaceNumberPage(frame(request), parts.of(request, problem));
    }

    /// Gives the workspace a number if it has none, and shows the first code.
    ///
    /// @param connection where a new one is to be, if someone chose
    @POST
    @Path("whatsapp/link")
    public Response link(@Context AdminRequest request, @FormParam("connection") @DefaultValue("") String connection) {
        Sender number = request.value(created(request, connection));
        linking.link(number.tenant(), request.actor().actor(), number.id());
        return Html.seeOther(request.path(NumberPage.ADDRESS));
    }

    private Outcome<Sender> created(AdminRequest request, String connection) {
        return parts.chosen(request.actor(), connection)
                .map(place -> numbers.create(request.actor(), request.id(), place))
                .orElseGet(() -> numbers.create(request.actor(), request.id()));
    }

    @POST
    @WithFormRead
    @Path("whatsapp/cancel")
    public Response cancel(@Context NumberPage page) {
        linking.cancel(page.tenant(), page.actor(), page.number().id());
        return page.done("");
    }

    /// Simulates a phone that scans the code; for a real number, only shows the page.
    @POST
    @WithFormRead
    @Path("whatsapp/scan")
    public Response scan(@Context NumberPage page) {
        linking.scan(page.tenant(), page.number().id(), Optional.empty());
        return page.done("");
    }

    /// Links the number with a code that is typed on the phone.
    @POST
    @WithFormRead
    @Path("whatsapp/pair")
    public Response pair(@Context NumberPage page) {
        SenderId number = page.number().id();
        linking.pair(page.tenant(), page.actor(), number);
        return linking.pairingCode(page.tenant(), number).isPresent()
                ? page.done("")
                : refused(page.request(), LinkOffer.NO_PAIRING_CODE, "");
    }

    /// Passes on what a browser has signed at WhatsApp.
    @POST
    @Path("whatsapp/passkey")
    public Response answer(@Context NumberPage page, @FormParam("credential") @DefaultValue("") String credential) {
        return passed(page, passkeys.answer(page.number(), LinkOffer.pasted(credential)), credential);
    }

    @POST
    @WithFormRead
    @Path("whatsapp/passkey/confirm")
    public Response confirm(@Context NumberPage page) {
        return passed(page, passkeys.confirm(page.number()), "");
    }

    private Response passed(NumberPage page, Optional<String> refusal, String typed) {
        return refusal.map(why -> refused(page.request(), LinkOffer.refused(why), typed))
                .orElseGet(() -> page.done(""));
    }

    private Response refused(AdminRequest request, FormProblem problem, String typed) {
        return Html.invalid(new WorkspaceNumberPage(frame(request), parts.of(request, Optional.of(problem), typed)));
    }

    private static AdminFrame frame(AdminRequest request) {
        return request.frame("WhatsApp");
    }

    @POST
    @WithFormRead
    @Path("whatsapp/unlink")
    public Response unlink(@Context NumberPage page) {
        linking.unlink(page.tenant(), page.actor(), page.number().id());
        return page.done("number-unlinked");
    }

    @POST
    @WithFormRead
    @Path("whatsapp/delete")
    public Response delete(@Context NumberPage page) {
        AdminRequest request = page.request();
        return switch (numbers.delete(request.actor(), page.number().id().value())) {
            case Deleted.Done _, Deleted.Refused(Refusal.NotFound _) -> page.done("number-removed");
            case Deleted.HasServants has ->
                Html.invalid(page(request, Optional.of(NumberParts.hasServants(has.servants()))));
            case Deleted.Refused(Refusal refusal) -> request.refused(refusal);
        };
    }
}
