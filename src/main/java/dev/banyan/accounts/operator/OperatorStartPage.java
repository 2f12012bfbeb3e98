package dev.banyan.accounts.operator;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The first page for operators: what needs their attention, and the state of the server. Numbers are formatted texts;
/// `mails` is empty if all are delivered.
@CheckedTemplate(basePath = "accounts")
record OperatorStartPage(
        PageFrame shell,
        boolean withoutAccount,
        String accounts,
        String subAccounts,
        String off,
        String signUps,
        String mails,
        String waiting,
        boolean smtp,
        String refused,
        String jobsFailed,
        String jobs,
        boolean limited,
        String database,
        String databaseKind,
        String free,
        String disk,
        long diskUsed,
        long diskTotal,
        boolean diskFull,
        String version,
        String uptime,
        String since,
        String countedAt)
        implements TemplateInstance {}
