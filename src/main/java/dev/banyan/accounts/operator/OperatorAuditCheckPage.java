package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Whether the audit log is unchanged. `stage` is `none`, `running`, `done` or `failed`.
@CheckedTemplate(basePath = "accounts")
record OperatorAuditCheckPage(
        PageFrame shell,
        String stage,
        String startedAt,
        String chains,
        String rows,
        String brokenChains,
        boolean whole,
        List<AuditChecks.Broken> broken)
        implements TemplateInstance {}
