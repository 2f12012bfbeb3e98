package dev.banyan.accounts.moves;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A brand that another agency offers: what would happen, and the answer.
@CheckedTemplate(basePath = "accounts")
record AcceptMovePage(PageFrame shell, String id, String name, String username, String from, MoveSummary summary)
        implements TemplateInstance {}
