package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.numbers.SenderPage.Notice;
import dev.banyan.whatsapp.proxies.ProxyChoices;
import dev.banyan.whatsapp.proxies.ProxyChoices.Choice;
import dev.banyan.whatsapp.proxies.ProxyId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Chooses the proxy of a number, on its page.
@Path("/admin/pools/senders")
@RunOnVirtualThread
class SenderProxyPageResource {

    private final SenderPages pages;
    private final ProxyChoices choices;

    SenderProxyPageResource(SenderPages pages, ProxyChoices choices) {
        this.pages = pages;
        this.choices = choices;
    }

    /// @param proxy an id, `auto`, or empty for none
    @POST
    @Path("{senderId}/proxy")
    public Response choose(@Context PoolPage page, @FormParam("proxy") @DefaultValue("") String proxy) {
        Sender sender = page.sender();
        return switch (choices.choose(sender.tenant(), page.actor(), sender.id(), choice(proxy))) {
            case Outcome.Done _ -> Html.seeOther(SenderPages.path(page, sender.id()) + "&done=sender-proxy-saved");
            case Outcome.Refused(Refusal.Conflict(String why)) ->
                Html.invalid(pages.draw(
                        page,
                        sender,
                        pages.form(sender),
                        FieldErrors.NONE,
                        Optional.of(new Notice("The proxy wasn’t changed.", why, true))));
            case Outcome.Refused _ -> throw PoolPage.notFound();
        };
    }

    private static Choice choice(String typed) {
        if (typed.isEmpty()) {
            return new Choice.None();
        }
        return ProxyId.parse(typed).<Choice>map(Choice.Own::new).orElseGet(Choice.Automatic::new);
    }
}
