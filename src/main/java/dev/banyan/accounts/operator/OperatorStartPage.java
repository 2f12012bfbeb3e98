package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.context.AttentionItem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The first page for operators: what needs their attention, and the state of the server. Numbers are formatted texts;
/// `mails` is true if some are not delivered.
@CheckedTemplate(basePath = "accounts")
record OperatorStartPage(
        PageFrame shell,
        boolean withoutAccount,
        List<AttentionItem> attention,
        String accounts,
        String subAccounts,
        String off,
        String signUps,
        boolean mails,
        String waiting,
        boolean smtp,
        String refused,
        String jobsFailed,
        String jobs,
        String database,
        String databaseKind,
        String free,
        String disk,
        long diskUsed,
        long diskTotal,
        String version,
        String uptime,
        String since,
        String countedAt)
        implements TemplateInstance {}
