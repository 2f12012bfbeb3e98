package dev.banyan.whatsapp.pools;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolPages;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.alerts.Alerts;
import dev.banyan.whatsapp.alerts.AlertsPage.AlertView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The board of pools: all senders and their status.
@Path("/admin/pools")
@RunOnVirtualThread
class BoardPageResource {

    /// How often an open board refreshes figures without change events: queues, rates, shares.
    private static final int SECONDS = 10;
    /// How many of the alerts that last are shown.
    private static final int ALERTS = 3;

    private final PoolPages rooms;
    private final Boards boards;
    private final BoardSocket socket;
    private final Alerts alerts;
    private final Clock clock;

    BoardPageResource(PoolPages rooms, Boards boards, BoardSocket socket, Alerts alerts, Clock clock) {
        this.rooms = rooms;
        this.boards = boards;
        this.socket = socket;
        this.alerts = alerts;
        this.clock = clock;
    }

    @GET
    public Response board(@Context Call call) {
        PoolPage page = rooms.board(call);
        BoardFilter filter = BoardFilter.of(call, page.context().root().username());
        Optional<SenderId> after = page.query("after").flatMap(SenderId::parse);
        String seen = socket.seen(page.tenant());
        Boards.Drawn drawn = boards.draw(page.context(), filter, after);
        return Html.ok(new PoolsPage(
                page.frame("Numbers"),
                Optional.empty(),
                drawn.filter(),
                drawn.view(),
                alerts.list(page.tenant(), true, Optional.empty(), ALERTS).stream()
                        .map(alert -> AlertView.of(alert, clock.instant()))
                        .toList(),
                after.map(filter::after).orElse(filter.here()),
                seen,
                SECONDS));
    }
}
