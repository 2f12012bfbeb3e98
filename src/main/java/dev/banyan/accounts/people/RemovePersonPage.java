package dev.banyan.accounts.people;

import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Asks before somebody's work for an account ends; {@code lastOwner} says that it cannot. */
@CheckedTemplate(basePath = "accounts")
record RemovePersonPage(PageFrame shell, String email, String key, boolean you, boolean lastOwner)
        implements TemplateInstance {}
