package dev.banyan.accounts.operator;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Creates the account of an operator who has none.
@CheckedTemplate(basePath = "accounts")
record OperatorOwnAccountPage(PageFrame shell, String name, String username, String publicHost, FieldErrors errors)
        implements TemplateInstance {}
