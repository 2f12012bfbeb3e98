package dev.banyan.pages.editor;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/** Asks before a page goes, and says by name and number what goes with it; or why it has to stay. */
@CheckedTemplate(basePath = "pages")
record DeletePagePage(PageFrame shell, DeletedPage page, Optional<FormProblem> problem, boolean fragment)
        implements TemplateInstance {

    /**
     * A {@code defaultPage} stays; with {@code others} above 0 there is one that can take its place. What is not
     * {@code kept} cannot be brought back.
     */
    record DeletedPage(
            String id,
            String name,
            String publicAddress,
            long links,
            long clicks,
            boolean defaultPage,
            boolean kept,
            long others) {
        public String linksText() {
            return Words.count(links, "link", "links");
        }

        public String clicksText() {
            return Words.count(clicks, "counted click", "counted clicks");
        }
    }
}
