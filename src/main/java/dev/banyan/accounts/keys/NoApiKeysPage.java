package dev.banyan.accounts.keys;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that a sub-account sees in place of API keys.
@CheckedTemplate(basePath = "accounts")
record NoApiKeysPage(PageFrame shell, String text) implements TemplateInstance {}
