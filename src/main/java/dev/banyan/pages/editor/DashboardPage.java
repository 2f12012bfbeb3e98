package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.checklist.Checklist;
import dev.banyan.accounts.context.AttentionItem;
import dev.banyan.analytics.Figure;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.Brand;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The dashboard of an account: what needs attention, its visits, its content and what was done lately. `name` is who
/// is greeted, or empty in a brand, which is named instead. `chart` is empty if the plan has no daily numbers or there
/// were no visits. The lists contain the first few items. `brands` is empty without brands to manage.
@CheckedTemplate(basePath = "pages")
record DashboardPage(
        PageFrame shell,
        Optional<Checklist> checklist,
        String name,
        String lead,
        List<Period> periods,
        List<AttentionItem> attention,
        List<Figure> figures,
        Optional<Waiting> waiting,
        Optional<Chart> chart,
        Usage pageUse,
        Usage linkUse,
        List<PageRow> pages,
        Optional<Brands> brands,
        Optional<Activity> activity)
        implements TemplateInstance {

    /// A period to choose.
    record Period(String label, String href, boolean current) {}

    /// Conversations in the account's inboxes, as texts.
    record Waiting(String customers, String unread) {}

    record PageRow(String id, String title, String publicPath, long links, long clicks) {
        public String linksText() {
            return Words.count(links, "link", "links");
        }

        public String clicksText() {
            return Words.count(clicks, "click", "clicks");
        }
    }

    /// Some brands; `viewed` if they are the most viewed ones, `use` if the person may create more; `more` leads to
    /// all.
    record Brands(List<BrandRow> rows, boolean viewed, Optional<Usage> use, String more, String moreLabel) {}

    /// A brand; `views` is empty if it is not among the most viewed.
    record BrandRow(Brand brand, long pages, long links, Optional<Views> views) {
        public String pagesText() {
            return Words.count(pages, "page", "pages");
        }

        public String linksText() {
            return Words.count(links, "link", "links");
        }
    }

    /// The views of a brand in the period.
    record Views(String count, String share, Chart.Line spark) {}

    /// What was done lately, and where the rest of it is.
    record Activity(List<Act> acts, String href) {}

    /// One act; `about` is the brand that it is about, or empty.
    record Act(Instant at, String what, String who, Optional<String> about) {
        public String day() {
            return Words.day(at);
        }

        public String moment() {
            return Words.moment(at);
        }
    }
}
