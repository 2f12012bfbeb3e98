package dev.banyan.whatsapp.board;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.registry.Senders.Removed;
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
import java.util.List;
import java.util.Optional;

/// Removes a sender, after confirmation.
@Path("/admin/pools")
@RunOnVirtualThread
class RemoveSenderPageResource {

    private final PoolPages rooms;
    private final Pools pools;
    private final Senders senders;
    private final Liveness liveness;
    private final PageFrames shells;
    private final Clock clock;

    RemoveSenderPageResource(
            PoolPages rooms, Pools pools, Senders senders, Liveness liveness, PageFrames shells, Clock clock) {
        this.rooms = rooms;
        this.pools = pools;
        this.senders = senders;
        this.liveness = liveness;
        this.shells = shells;
        this.clock = clock;
    }

    @GET
    @Path("{senderId}/remove")
    public Response confirmRemove(@Context Call call, @PathParam("senderId") String senderId) {
        return rooms.act(call, "", context -> removeForm(call, context, senderId, false));
    }

    @POST
    @Path("{senderId}/remove")
    public Response remove(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("newMasterId") @DefaultValue("") String newMasterId) {
        return rooms.act(call, as, context -> {
            AccountId tenant = context.root().id();
            Optional<Sender> sender = SenderId.parse(senderId).flatMap(id -> pools.sender(tenant, id));
            if (sender.isEmpty()) {
                return rooms.unknown(call);
            }
            SenderId id = sender.get().id();
            boolean master = sender.get().isMaster();
            Removed removed = master
                    ? senders.removeMaster(tenant, context.actor(), id, SenderId.parse(newMasterId))
                    : senders.removeServant(tenant, context.actor(), id);
            return switch (removed) {
                case Removed.Done _ ->
                    Html.seeOther(
                            call, PoolPages.boardPath(context, master ? "master-removed" : "servant-removed", ""));
                case Removed.NotFound _ -> rooms.unknown(call);
                case Removed.HasServants _, Removed.MasterNotFound _ -> removeForm(call, context, senderId, true);
            };
        });
    }

    private Response removeForm(Call call, AccountContext context, String senderId, boolean refused) {
        Pools.Overview overview = pools.overview(context.root().id());
        return PoolPages.find(overview, senderId)
                .map(sender -> Html.answer(
                        refused ? 422 : 200,
                        new RemoveSenderPage(
                                shells.of(
                                        call,
                                        context,
                                        NavItem.POOLS,
                                        sender.isMaster() ? "Remove master" : "Remove servant"),
                                new RemoveSenderPage.Leaving(
                                        view(sender),
                                        sender.isMaster(),
                                        sender.servants(),
                                        sender.isMaster() ? PoolPages.otherMasters(overview, sender.id()) : List.of()),
                                refused,
                                call.isHtmx())))
                .orElseGet(() -> rooms.unknown(call));
    }

    private SenderView view(Sender sender) {
        return SenderView.of(sender, liveness.isHealthy(sender), clock.instant());
    }
}
