package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;

/// One mail, with its secrets masked. `next` is the time of the next try, `sent` the time when it was sent, or empty.
@CheckedTemplate(basePath = "accounts")
record OperatorMailPage(
        PageFrame shell,
        OperatorMailsPage.Row mail,
        Optional<RawString> next,
        Optional<RawString> sent,
        String body,
        boolean open)
        implements TemplateInstance {}
