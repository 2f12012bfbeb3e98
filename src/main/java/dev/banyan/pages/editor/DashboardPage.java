package dev.banyan.pages.editor;

import dev.banyan.accounts.checklist.Checklist;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/// The dashboard with the account's content and usage; `subAccounts` is empty without an agency permission. The lists
/// contain the first few items, `figures` the totals.
@CheckedTemplate(basePath = "pages")
record DashboardPage(
        PageFrame shell,
        Optional<Checklist> checklist,
        Figures figures,
        List<PageRow> pages,
        List<BrandRow> brands)
        implements TemplateInstance {

    record Figures(Usage pages, Usage links, long clicks, Optional<Usage> subAccounts) {
        public String clicksText() {
            return Words.grouped(clicks);
        }
    }

    record PageRow(String id, String title, String publicPath, long links, long clicks) {
        public String linksText() {
            return Words.count(links, "link", "links");
        }

        public String clicksText() {
            return Words.count(clicks, "click", "clicks");
        }
    }

    record BrandRow(String username, String displayName, long pages, long links, boolean active) {
        public Avatar avatar() {
            return Avatar.of(displayName, username);
        }

        public String pagesText() {
            return Words.count(pages, "page", "pages");
        }

        public String linksText() {
            return Words.count(links, "link", "links");
        }
    }
}
