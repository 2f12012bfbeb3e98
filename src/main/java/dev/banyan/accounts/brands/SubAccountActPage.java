package dev.banyan.accounts.brands;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Asks for confirmation before a sub-account is suspended or deleted, and says what will happen by name and number: as
/// a `fragment` the dialog for htmx, else a page.
@CheckedTemplate(basePath = "accounts")
record SubAccountActPage(
        PageFrame shell, SubAccountCard card, boolean deletion, String publicHost, long used, int max, boolean fragment)
        implements TemplateInstance {}
