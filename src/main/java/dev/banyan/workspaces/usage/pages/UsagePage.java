package dev.banyan.workspaces.usage.pages;

import module java.base;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.workspaces.access.AdminFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// What a workspace uses. `file` is the address of the same days as a file; `limitsForm` is shown to the project’s
/// side; `zone` is the account’s, whose days they are; `mistake` is one in the days that were asked for, and `quiet`
/// names what was not used in them, which has no chart.
@CheckedTemplate(basePath = "workspaces")
record UsagePage(
        AdminFrame frame,
        List<Tile> tiles,
        List<Notice> notices,
        String from,
        String to,
        String today,
        String zone,
        String file,
        List<Part> charts,
        Optional<String> quiet,
        List<MonthRow> months,
        Optional<String> mistake,
        Optional<String> limitsForm,
        List<LimitField> fields,
        FieldErrors errors)
        implements TemplateInstance {

    /// What was used of one kind this month; `max` is 0 without a limit.
    record Tile(String label, String used, String limit, long value, long max) {

        public boolean limited() {
            return !limit.isEmpty();
        }
    }

    /// A limit that is nearly or wholly used up.
    record Notice(boolean full, String title, String text) {}

    record Part(String id, String title, Chart chart) {}

    record MonthRow(
            String month,
            String machine,
            String messagesIn,
            String messagesOut,
            String tokens,
            String activeUsers,
            String storage) {}

    record LimitField(String key, String label, String help, String value) {}
}
