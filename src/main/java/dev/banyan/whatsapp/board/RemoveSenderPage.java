package dev.banyan.whatsapp.board;

import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** Asks before a sender goes. A master with servants goes only when they have somewhere to be. */
@CheckedTemplate(basePath = "whatsapp")
record RemoveSenderPage(PageFrame shell, Leaving leaving, boolean refused, boolean fragment)
        implements TemplateInstance {

    record Leaving(SenderView sender, boolean master, long servants, List<Choice> others) {
        public String servantsText() {
            return Words.count(servants, "servant", "servants");
        }

        /** Its servants have nowhere to go. */
        public boolean stuck() {
            return servants > 0 && others.isEmpty();
        }
    }
}
