package dev.banyan.whatsapp.board;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.session.LinkCode;
import dev.banyan.whatsapp.session.LinkOffer;
import dev.banyan.whatsapp.session.LinkOffers;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.PasskeySteps;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Links a sender in the browser: shows the code and the result.
@Path("/admin/pools")
@RunOnVirtualThread
class LinkSenderPageResource {

    private final PoolPages rooms;
    private final Linking linking;
    private final LinkOffers offers;
    private final PasskeySteps passkeys;
    private final Clock clock;

    LinkSenderPageResource(PoolPages rooms, Linking linking, LinkOffers offers, PasskeySteps passkeys, Clock clock) {
        this.rooms = rooms;
        this.linking = linking;
        this.offers = offers;
        this.passkeys = passkeys;
        this.clock = clock;
    }

    @GET
    @Path("{senderId}/link")
    public Response show(@Context Call call, @PathParam("senderId") String senderId) {
        return rooms.onSender(
                call, senderId, "", (context, sender) -> Html.ok(page(call, context, sender, Optional.empty(), "")));
    }

    @POST
    @Path("{senderId}/link")
    public Response begin(
            @Context Call call, @PathParam("senderId") String senderId, @FormParam("as") @DefaultValue("") String as) {
        return act(
                call, senderId, as, (context, sender) -> linking.link(sender.tenant(), context.actor(), sender.id()));
    }

    @POST
    @Path("{senderId}/link/cancel")
    public Response cancel(
            @Context Call call, @PathParam("senderId") String senderId, @FormParam("as") @DefaultValue("") String as) {
        return act(
                call, senderId, as, (context, sender) -> linking.cancel(sender.tenant(), context.actor(), sender.id()));
    }

    /// Lets the simulated phone scan the code.
    @POST
    @Path("{senderId}/link/scan")
    public Response scan(
            @Context Call call, @PathParam("senderId") String senderId, @FormParam("as") @DefaultValue("") String as) {
        return act(call, senderId, as, (_, sender) -> linking.scan(sender.tenant(), sender.id(), Optional.empty()));
    }

    /// Runs an action, then shows the status of the sender, whatever the result.
    private Response act(Call call, String senderId, String as, BiConsumer<AccountContext, Sender> action) {
        return rooms.onSender(call, senderId, as, (context, sender) -> {
            action.accept(context, sender);
            return Html.seeOther(PoolPages.linkPath(context, sender.id()));
        });
    }

    /// Links with a code that is typed on the phone.
    @POST
    @Path("{senderId}/link/pair")
    public Response pair(
            @Context Call call, @PathParam("senderId") String senderId, @FormParam("as") @DefaultValue("") String as) {
        return rooms.onSender(call, senderId, as, (context, sender) -> {
            linking.pair(sender.tenant(), context.actor(), sender.id());
            return linking.pairingCode(sender.tenant(), sender.id()).isPresent()
                    ? Html.seeOther(PoolPages.linkPath(context, sender.id()))
                    : refused(call, senderId, as, LinkOffer.NO_PAIRING_CODE, "");
        });
    }

    /// Passes on what a browser has signed at WhatsApp.
    @POST
    @Path("{senderId}/link/passkey")
    public Response answer(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("credential") @DefaultValue("") String credential) {
        return pass(call, senderId, as, credential, sender -> passkeys.answer(sender, LinkOffer.pasted(credential)));
    }

    @POST
    @Path("{senderId}/link/passkey/confirm")
    public Response confirm(
            @Context Call call, @PathParam("senderId") String senderId, @FormParam("as") @DefaultValue("") String as) {
        return pass(call, senderId, as, "", passkeys::confirm);
    }

    private Response pass(
            Call call, String senderId, String as, String typed, Function<Sender, Optional<String>> passing) {
        return rooms.onSender(
                call,
                senderId,
                as,
                (context, sender) -> passing.apply(sender)
                        .map(why -> refused(call, senderId, as, LinkOffer.refused(why), typed))
                        .orElseGet(() -> Html.seeOther(PoolPages.linkPath(context, sender.id()))));
    }

    /// Shows the page with its problem; the sender has changed meanwhile.
    private Response refused(Call call, String senderId, String as, FormProblem problem, String typed) {
        return rooms.onSender(
                call,
                senderId,
                as,
                (context, now) -> Html.invalid(page(call, context, now, Optional.of(problem), typed)));
    }

    private LinkSenderPage page(
            Call call, AccountContext context, Sender sender, Optional<FormProblem> problem, String typed) {
        Optional<LinkCode> code =
                linking.code(sender.tenant(), sender.id()).map(shown -> LinkCode.of(shown, clock.instant()));
        return new LinkSenderPage(
                rooms.frame(call, context, "Link " + sender.displayName()),
                rooms.view(sender),
                stage(sender, code.isPresent()),
                code,
                sender.link().deviceName(),
                offers.of(sender, typed),
                problem);
    }

    private static LinkSenderPage.Stage stage(Sender sender, boolean hasCode) {
        if (!sender.enabled()) {
            return LinkSenderPage.Stage.OFF;
        }
        return switch (sender.state()) {
            case LINKED, RESTRICTED -> LinkSenderPage.Stage.LINKED;
            case LINKING -> hasCode ? LinkSenderPage.Stage.CODE : LinkSenderPage.Stage.READY;
            // A code that came after the passkey was asked for begins again.
            case PASSKEY_REQUIRED -> hasCode ? LinkSenderPage.Stage.CODE : LinkSenderPage.Stage.PASSKEY;
            case PENDING, DISCONNECTED, BANNED, UNLINKED -> LinkSenderPage.Stage.READY;
        };
    }
}
