package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.WhatsAppWord;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * The workspaces of a project: found, picked, and acted on together. {@code here} is the address of this
 * list as it is shown, where forms lead back to. {@code limit} is there where the tenant has one; {@code report} says
 * what came of an act on several.
 */
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

    /** A link of the state filter, or of the orders. {@code count} is there where a counter knows it. */
    record StateChoice(String label, String href, boolean current, Optional<String> count) {}

    /** {@code path} is the public address on this server, {@code url} the whole one; {@code created} a date. */
    record Row(
            String id,
            String name,
            String path,
            String url,
            long users,
            WhatsAppWord whatsapp,
            boolean registrationOpen,
            boolean suspended,
            String created,
            boolean picked) {
        public String usersText() {
            return Words.grouped(users);
        }
    }

    /** {@code tone} is good or warn; what was left alone, and why, has a line each. */
    record Report(String tone, String title, List<String> lines) {
        public String icon() {
            return tone.equals("good") ? "check" : "warn";
        }
    }
}
