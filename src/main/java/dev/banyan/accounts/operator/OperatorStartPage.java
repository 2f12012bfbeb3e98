package dev.banyan.accounts.operator;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/**
 * Where operators arrive: what needs them, and how the server is. Numbers are texts; {@code mails} is empty where all
 * get through.
 */
@CheckedTemplate(basePath = "accounts")
record OperatorStartPage(
        PageFrame shell,
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
