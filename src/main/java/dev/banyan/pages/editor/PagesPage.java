package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.domains.PageAddress;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The list of pages of the current account.
@CheckedTemplate(basePath = "pages")
record PagesPage(
        PageFrame shell,
        Usage pages,
        Usage links,
        String tierLabel,
        List<Row> rows,
        List<Deleted> deleted,
        Optional<PageEditorPage.Undo> undo,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /// An item that can be restored; `kind` is such as "Page".
    record Deleted(String id, String kind, String name, String day) {}

    record Row(
            String id,
            String name,
            PageAddress address,
            String publicPath,
            boolean defaultPage,
            boolean published,
            boolean first,
            boolean last,
            long links,
            long clicks,
            boolean overLimit) {
        public String linksText() {
            return Words.count(links, "link", "links");
        }

        public String clicksText() {
            return Words.count(clicks, "click", "clicks");
        }
    }
}
