package dev.banyan.accounts.keys;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** What a sub-account sees where keys would be. */
@CheckedTemplate(basePath = "accounts")
record NoApiKeysPage(PageFrame shell, String text) implements TemplateInstance {}
