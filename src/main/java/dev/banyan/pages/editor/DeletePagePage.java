package dev.banyan.pages.editor;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/// The confirmation before a page is deleted, with what is deleted with it; or why it can't be deleted.
@CheckedTemplate(basePath = "pages")
record DeletePagePage(PageFrame shell, DeletedPage page, Optional<FormProblem> problem, boolean fragment)
        implements TemplateInstance {

    /// The page to delete. A `defaultPage` can't be deleted; with `others` above 0 another page can become the default.
    /// Without `kept` it can't be restored.
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
