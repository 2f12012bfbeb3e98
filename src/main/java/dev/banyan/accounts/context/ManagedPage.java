package dev.banyan.accounts.context;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that replaces a management page for a sub-account: says who manages it. Under the shell's title.
@CheckedTemplate(basePath = "accounts")
public record ManagedPage(PageFrame shell) implements TemplateInstance {}
