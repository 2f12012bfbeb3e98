package dev.banyan.whatsapp.pools;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.alerts.AlertsPage;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The board: masters with their servants. A sub-account has none and sees `managedBy` instead. `here` is the address
/// of the board, `alerts` are the newest ones that last, `seen` is what the socket says first while this board is
/// current, and `every` the number of seconds after which the page refreshes figures that change all the time.
@CheckedTemplate(basePath = "whatsapp")
record PoolsPage(
        PageFrame shell,
        Optional<String> managedBy,
        BoardFilter filter,
        BoardView board,
        List<AlertsPage.AlertView> alerts,
        String here,
        String seen,
        int every)
        implements TemplateInstance {}
