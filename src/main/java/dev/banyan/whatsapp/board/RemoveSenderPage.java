package dev.banyan.whatsapp.board;

import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/// The confirmation before a sender is removed. A master with servants can be removed only if they can move to another.
@CheckedTemplate(basePath = "whatsapp")
record RemoveSenderPage(PageFrame shell, Leaving leaving, boolean refused, boolean fragment)
        implements TemplateInstance {

    record Leaving(SenderView sender, boolean master, long servants, List<Choice> others) {
        public String servantsText() {
            return Words.count(servants, "servant", "servants");
        }

        /// Returns whether its servants have no other master to move to.
        public boolean stuck() {
            return servants > 0 && others.isEmpty();
        }
    }
}
