package dev.banyan.accounts.context;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** What a management page shows in the name of a sub-account: who manages it. Under the shell's title. */
@CheckedTemplate(basePath = "accounts")
public record ManagedPage(PageFrame shell) implements TemplateInstance {}
