package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// How agencies use sub-accounts, and how the server performs. Numbers are formatted texts; "–" stands for unknown.
@CheckedTemplate(basePath = "accounts")
record OperatorFiguresPage(
        PageFrame shell,
        Share premium,
        Share permitted,
        Share full,
        String average,
        String premiumAverage,
        String agencies,
        String subAccounts,
        List<Band> bands,
        Switches switches,
        String median,
        String p95,
        String errorRate,
        String operationsText,
        List<Row> rows,
        TimeText countedAt,
        TimeText since)
        implements TemplateInstance {

    /// A share, such as "32 %" and "8 of 25".
    record Share(String percent, String text, long part, long all) {
        public boolean metered() {
            return all > 0;
        }
    }

    /// How many accounts have a number of sub-accounts in this range; `all` is how many have any.
    record Band(String range, String accounts, long part, long all) {}

    /// How many switches were done, out of those that were allowed.
    record Switches(String rate, String text) {}

    /// One kind of operation.
    record Row(String label, String done, String refused, String failed, String median, String p95) {}
}
