package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Every root account of this server, for operators.
@CheckedTemplate(basePath = "accounts")
record OperatorAccountsPage(
        PageFrame shell,
        String search,
        String tier,
        String status,
        List<Choice> tiers,
        List<Row> rows,
        boolean filtered,
        boolean firstPage,
        Optional<String> next)
        implements TemplateInstance {

    /// `packSummary` is such as "10-pack" or empty; `createdAt` is a date as displayed.
    record Row(
            String id,
            String username,
            String displayName,
            String email,
            String tierLabel,
            Optional<String> agencyLabel,
            String packSummary,
            int usedSubAccounts,
            boolean off,
            TimeText createdAt) {
        public Avatar avatar() {
            return Avatar.of(displayName, username);
        }
    }
}
