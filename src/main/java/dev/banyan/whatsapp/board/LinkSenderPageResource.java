package dev.banyan.whatsapp.board;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.session.LinkCode;
import dev.banyan.whatsapp.session.Linking;
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
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/// Links a sender in the browser: shows the code and the result.
@Path("/admin/pools")
@RunOnVirtualThread
class LinkSenderPageResource {

    private final PoolPages rooms;
    private final Pools pools;
    private final Linking linking;
    private final Liveness liveness;
    private final PageFrames shells;
    private final Clock clock;

    LinkSenderPageResource(
            PoolPages rooms, Pools pools, Linking linking, Liveness liveness, PageFrames shells, Clock clock) {
        this.rooms = rooms;
        this.pools = pools;
        this.linking = linking;
        this.liveness = liveness;
        this.shells = shells;
        this.clock = clock;
    }

    @GET
    @Path("{senderId}/link")
    public Response show(@Context Call call, @PathParam("senderId") String senderId) {
        return rooms.act(
                call,
                "",
                context -> sender(context, senderId)
                        .map(sender -> Html.ok(page(call, context, sender)))
                        .orElseGet(() -> rooms.unknown(call)));
    }

    @POST
    @Path("{senderId}/link")
    public Response begin(
            @Context Call call, @PathParam("senderId") String senderId, @FormParam("as") @DefaultValue("") String as) {
        return act(
                call,
                senderId,
                as,
                (context, id) ->
                        linking.link(context.root().id(), context.actor(), id) instanceof Linking.LinkStart.NotFound);
    }

    @POST
    @Path("{senderId}/link/cancel")
    public Response cancel(
            @Context Call call, @PathParam("senderId") String senderId, @FormParam("as") @DefaultValue("") String as) {
        return act(
                call,
                senderId,
                as,
                (context, id) ->
                        linking.cancel(context.root().id(), context.actor(), id) instanceof Linking.Stopped.NotFound);
    }

    /// Lets the simulated phone scan the code.
    @POST
    @Path("{senderId}/link/scan")
    public Response scan(
            @Context Call call, @PathParam("senderId") String senderId, @FormParam("as") @DefaultValue("") String as) {
        return act(
                call,
                senderId,
                as,
                (context, id) ->
                        linking.scan(context.root().id(), id, Optional.empty()) instanceof Linking.Simulated.NotFound);
    }

    /// Runs an action, then shows the status of the sender, whatever the result.
    ///
    /// @param isUnknown runs the action and returns whether there is no such sender
    private Response act(
            Call call, String senderId, String as, BiFunction<AccountContext, SenderId, Boolean> isUnknown) {
        return rooms.act(
                call,
                as,
                context -> SenderId.parse(senderId)
                        .filter(id -> !isUnknown.apply(context, id))
                        .map(id -> Html.seeOther(PoolPages.linkPath(context, id)))
                        .orElseGet(() -> rooms.unknown(call)));
    }

    private Optional<Sender> sender(AccountContext context, String id) {
        return SenderId.parse(id).flatMap(known -> pools.sender(context.root().id(), known));
    }

    private LinkSenderPage page(Call call, AccountContext context, Sender sender) {
        AccountId tenant = context.root().id();
        Instant now = clock.instant();
        Optional<LinkCode> code = linking.code(tenant, sender.id()).map(shown -> LinkCode.of(shown, now));
        return new LinkSenderPage(
                shells.of(call, context, NavItem.POOLS, "Link " + sender.displayName()),
                SenderView.of(sender, liveness.isHealthy(sender), now),
                stage(sender, code.isPresent()),
                code,
                sender.link().deviceName(),
                sender.driver() == DriverKind.SIMULATOR);
    }

    private static LinkSenderPage.Stage stage(Sender sender, boolean hasCode) {
        if (!sender.enabled()) {
            return LinkSenderPage.Stage.OFF;
        }
        return switch (sender.state()) {
            case LINKED, RESTRICTED -> LinkSenderPage.Stage.LINKED;
            case LINKING -> hasCode ? LinkSenderPage.Stage.CODE : LinkSenderPage.Stage.READY;
            case PASSKEY_REQUIRED -> LinkSenderPage.Stage.PASSKEY;
            case PENDING, DISCONNECTED, BANNED, UNLINKED -> LinkSenderPage.Stage.READY;
        };
    }
}
