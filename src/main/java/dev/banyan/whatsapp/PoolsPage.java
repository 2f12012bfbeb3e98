package dev.banyan.whatsapp;

import dev.banyan.platform.web.Shell;
import dev.banyan.platform.web.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The board: masters with their servants. A sub-account has none, and sees who {@code managedBy} it is instead. */
@CheckedTemplate(basePath = "whatsapp")
record PoolsPage(Shell shell, Optional<String> managedBy, Tiles tiles, List<Row> pools) implements TemplateInstance {

    /** All pools in numbers. */
    record Tiles(int healthy, int total, int masters, int servants, int pending, int down) {
        static final Tiles NONE = new Tiles(0, 0, 0, 0, 0, 0);
    }

    /** {@code others} is true where servants can be moved to another master. */
    record Row(SenderView master, boolean backup, String status, List<SenderView> servants, boolean others) {
        public String servantsText() {
            return Words.count(servants.size(), "servant", "servants");
        }

        public boolean failed() {
            return status.equals("failed");
        }

        public boolean degraded() {
            return status.equals("degraded");
        }
    }
}
