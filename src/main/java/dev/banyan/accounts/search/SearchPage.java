package dev.banyan.accounts.search;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The search as a page of its own, for browsers without scripts. `count` is the number of all results.
@CheckedTemplate(basePath = "accounts")
record SearchPage(PageFrame shell, String search, List<Searches.Group> groups, int count) implements TemplateInstance {}
