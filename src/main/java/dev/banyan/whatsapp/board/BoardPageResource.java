package dev.banyan.whatsapp.board;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.SenderId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/// The board of pools: all senders and their status.
@Path("/admin/pools")
@RunOnVirtualThread
class BoardPageResource {

    /// How often an open board refreshes figures without change events: queues, rates, shares.
    private static final int SECONDS = 10;

    private final PoolPages rooms;
    private final Boards boards;

    BoardPageResource(PoolPages rooms, Boards boards) {
        this.rooms = rooms;
        this.boards = boards;
    }

    @GET
    public Response board(@Context Call call) {
        return rooms.show(call, context -> {
            BoardFilter filter = BoardFilter.of(call, context.root().username());
            Optional<SenderId> after = call.query("after").flatMap(SenderId::parse);
            Boards.Drawn drawn = boards.draw(context, filter, after);
            return Html.ok(new PoolsPage(
                    rooms.frame(call, context, "Numbers"),
                    Optional.empty(),
                    drawn.filter(),
                    drawn.view(),
                    after.map(filter::after).orElse(filter.here()),
                    SECONDS));
        });
    }
}
