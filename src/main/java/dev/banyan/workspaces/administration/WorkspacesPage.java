package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.access.ProjectHead;
import dev.banyan.workspaces.access.WhatsAppWord;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The workspaces of a project, with search and bulk actions. `here` is the address of this list as shown, to which
/// forms return. `limit` is present if the tenant has one; `report` is the result of a bulk action.
@CheckedTemplate(basePath = "workspaces")
record WorkspacesPage(
        PageFrame shell,
        ProjectHead project,
        String search,
        String state,
        List<StateChoice> states,
        String order,
        String orderLabel,
        List<StateChoice> orders,
        List<Row> rows,
        String after,
        String firstHref,
        Optional<String> next,
        String nextHref,
        Optional<Usage> limit,
        Optional<Report> report,
        String here)
        implements TemplateInstance {

    /// A link of the state filter or of the orders. `count` is present if it is known.
    record StateChoice(String label, String href, boolean current, Optional<String> count) {}

    /// `path` is the public address on this server, `url` the full one; `created` a date.
    record Row(
            String id,
            String name,
            String path,
            String url,
            long users,
            WhatsAppWord whatsapp,
            boolean registrationOpen,
            boolean suspended,
            TimeText created,
            boolean picked) {
        public String usersText() {
            return Words.grouped(users);
        }
    }

    /// `tone` is good or warn; each skipped workspace has a line with the reason.
    record Report(String tone, String title, List<String> lines) {
        public String icon() {
            return tone.equals("good") ? "check" : "warn";
        }
    }
}
