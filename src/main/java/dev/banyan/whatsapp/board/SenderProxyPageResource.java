package dev.banyan.whatsapp.board;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.board.SenderPage.Notice;
import dev.banyan.whatsapp.connections.ProxyChoices;
import dev.banyan.whatsapp.connections.ProxyChoices.Choice;
import dev.banyan.whatsapp.connections.ProxyChoices.Chosen;
import dev.banyan.whatsapp.connections.ProxyId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/// Chooses the proxy of a number, on its page.
@Path("/admin/pools/senders")
@RunOnVirtualThread
class SenderProxyPageResource {

    private final PoolPages rooms;
    private final SenderPages pages;
    private final ProxyChoices choices;

    SenderProxyPageResource(PoolPages rooms, SenderPages pages, ProxyChoices choices) {
        this.rooms = rooms;
        this.pages = pages;
        this.choices = choices;
    }

    /// @param proxy an id, `auto`, or empty for none
    @POST
    @Path("{senderId}/proxy")
    public Response choose(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("proxy") @DefaultValue("") String proxy) {
        return rooms.onSender(call, senderId, as, (context, sender) -> {
            Chosen chosen = choices.choose(sender.tenant(), context.actor(), sender.id(), choice(proxy));
            return switch (chosen) {
                case Chosen.Done _ -> Html.seeOther(here(context, sender.id()));
                case Chosen.NotPossible(String why) ->
                    Html.invalid(pages.draw(
                            call,
                            context,
                            sender,
                            pages.form(sender),
                            FieldErrors.NONE,
                            Optional.of(new Notice("The proxy wasn’t changed.", why, true))));
                case Chosen.UnknownProxy _, Chosen.NotFound _ -> rooms.unknown(call);
            };
        });
    }

    private static String here(AccountContext context, SenderId sender) {
        return SenderPages.path(context, sender) + "&done=sender-proxy-saved";
    }

    private static Choice choice(String typed) {
        if (typed.isEmpty()) {
            return new Choice.None();
        }
        return ProxyId.parse(typed).<Choice>map(Choice.Own::new).orElseGet(Choice.Automatic::new);
    }
}
