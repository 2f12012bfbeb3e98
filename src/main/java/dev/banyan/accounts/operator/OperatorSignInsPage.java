package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The sign-ins of an account's people, and failed attempts. `shown` is `all`, `done` or `failed`.
@CheckedTemplate(basePath = "accounts")
record OperatorSignInsPage(
        PageFrame shell,
        String accountId,
        String accountName,
        String search,
        String shown,
        List<Row> rows,
        boolean firstPage,
        Optional<String> next)
        implements TemplateInstance {

    record Row(
            TimeText moment, String email, boolean good, String outcome, String way, String device, String network) {}
}
