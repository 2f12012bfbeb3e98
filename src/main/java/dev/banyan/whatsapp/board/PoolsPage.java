package dev.banyan.whatsapp.board;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/**
 * The board: masters with their servants. A sub-account has none, and sees who {@code managedBy} it is instead.
 * {@code here} is the board's own address, and {@code every} says after how many seconds the page looks anew at what changes all the time.
 */
@CheckedTemplate(basePath = "whatsapp")
record PoolsPage(
        PageFrame shell, Optional<String> managedBy, BoardFilter filter, BoardView board, String here, int every)
        implements TemplateInstance {}
