package dev.banyan.accounts.keys;

import dev.banyan.platform.web.page.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** What a sub-account sees where keys would be. */
@CheckedTemplate(basePath = "accounts")
record NoApiKeysPage(Shell shell, String text) implements TemplateInstance {}
