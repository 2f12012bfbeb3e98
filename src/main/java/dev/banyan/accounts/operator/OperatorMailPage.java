package dev.banyan.accounts.operator;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/**
 * One mail, without the secrets in it. {@code next} is when it is tried again, {@code sent} when it went out, or
 * nothing.
 */
@CheckedTemplate(basePath = "accounts")
record OperatorMailPage(
        PageFrame shell, OperatorMailsPage.Row mail, String next, String sent, String body, boolean open)
        implements TemplateInstance {}
