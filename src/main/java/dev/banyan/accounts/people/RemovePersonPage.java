package dev.banyan.accounts.people;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Asks for confirmation before a membership ends; `lastOwner` is true if it can't.
@CheckedTemplate(basePath = "accounts")
record RemovePersonPage(PageFrame shell, String email, String key, boolean you, boolean lastOwner)
        implements TemplateInstance {}
