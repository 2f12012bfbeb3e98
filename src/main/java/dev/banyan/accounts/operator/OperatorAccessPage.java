package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page on which operators switch a root account off or on.
@CheckedTemplate(basePath = "accounts")
record OperatorAccessPage(
        PageFrame shell,
        String accountId,
        String accountName,
        long subAccounts,
        Optional<OperatorAccountPage.Off> off,
        List<Choice> reasons,
        String reason,
        String note,
        FieldErrors errors)
        implements TemplateInstance {}
