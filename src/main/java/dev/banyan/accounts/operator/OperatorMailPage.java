package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// One mail, with its secrets masked. `next` is the time of the next try, `sent` the time when it was sent, or empty.
@CheckedTemplate(basePath = "accounts")
record OperatorMailPage(
        PageFrame shell,
        OperatorMailsPage.Row mail,
        Optional<TimeText> next,
        Optional<TimeText> sent,
        String body,
        boolean open)
        implements TemplateInstance {}
