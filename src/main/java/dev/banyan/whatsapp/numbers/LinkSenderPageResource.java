package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.session.LinkCode;
import dev.banyan.whatsapp.session.LinkOffer;
import dev.banyan.whatsapp.session.LinkOffers;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.PasskeySteps;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// Links a sender in the browser: shows the code and the result.
@Path("/admin/pools")
@RunOnVirtualThread
class LinkSenderPageResource {

    private final Linking linking;
    private final LinkOffers offers;
    private final PasskeySteps passkeys;
    private final Clock clock;

    LinkSenderPageResource(Linking linking, LinkOffers offers, PasskeySteps passkeys, Clock clock) {
        this.linking = linking;
        this.offers = offers;
        this.passkeys = passkeys;
        this.clock = clock;
    }

    @GET
    @Path("{senderId}/link")
    public Response show(@Context PoolPage page) {
        return Html.ok(draw(page, page.sender(), Optional.empty(), ""));
    }

    @POST
    @Path("{senderId}/link")
    @WithFormRead
    public Response begin(@Context PoolPage page) {
        Sender sender = page.sender();
        linking.link(sender.tenant(), page.actor(), sender.id());
        return Html.seeOther(page.linkPath(sender));
    }

    @POST
    @Path("{senderId}/link/cancel")
    @WithFormRead
    public Response cancel(@Context PoolPage page) {
        Sender sender = page.sender();
        linking.cancel(sender.tenant(), page.actor(), sender.id());
        return Html.seeOther(page.linkPath(sender));
    }

    /// Lets the simulated phone scan the code.
    @POST
    @Path("{senderId}/link/scan")
    @WithFormRead
    public Response scan(@Context PoolPage page) {
        Sender sender = page.sender();
        linking.scan(sender.tenant(), sender.id(), Optional.empty());
        return Html.seeOther(page.linkPath(sender));
    }

    /// Links with a code that is typed on the phone.
    @POST
    @Path("{senderId}/link/pair")
    @WithFormRead
    public Response pair(@Context PoolPage page) {
        Sender sender = page.sender();
        linking.pair(sender.tenant(), page.actor(), sender.id());
        return linking.pairingCode(sender.tenant(), sender.id()).isPresent()
                ? Html.seeOther(page.linkPath(sender))
                : refused(page, LinkOffer.NO_PAIRING_CODE, "");
    }

    /// Passes on what a browser has signed at WhatsApp.
    @POST
    @Path("{senderId}/link/passkey")
    public Response answer(@Context PoolPage page, @FormParam("credential") @DefaultValue("") String credential) {
        return pass(page, credential, sender -> passkeys.answer(sender, LinkOffer.pasted(credential)));
    }

    @POST
    @Path("{senderId}/link/passkey/confirm")
    @WithFormRead
    public Response confirm(@Context PoolPage page) {
        return pass(page, "", passkeys::confirm);
    }

    private Response pass(PoolPage page, String typed, Function<Sender, Optional<String>> passing) {
        Sender sender = page.sender();
        return passing.apply(sender)
                .map(why -> refused(page, LinkOffer.refused(why), typed))
                .orElseGet(() -> Html.seeOther(page.linkPath(sender)));
    }

    /// Shows the page with its problem; the sender has changed meanwhile.
    private Response refused(PoolPage page, FormProblem problem, String typed) {
        return Html.invalid(draw(page, page.sender(), Optional.of(problem), typed));
    }

    private LinkSenderPage draw(PoolPage page, Sender sender, Optional<FormProblem> problem, String typed) {
        Optional<LinkCode> code =
                linking.code(sender.tenant(), sender.id()).map(shown -> LinkCode.of(shown, clock.instant()));
        return new LinkSenderPage(
                page.frame(sender.shownName() + " – Link"),
                page.view(sender),
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
