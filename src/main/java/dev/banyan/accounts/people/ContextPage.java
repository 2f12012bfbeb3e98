package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.platform.web.page.Brand;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The switcher as a page of its own: for browsers without scripts, and for agencies with more brands than a panel
/// holds. `from` is the section that one came from, `managed` are accounts of other owners, `nextHref` leads to the
/// rest of the list.
@CheckedTemplate(basePath = "accounts")
record ContextPage(
        PageFrame shell,
        String search,
        String from,
        List<Brand> recent,
        List<Brand> brands,
        List<Brand> managed,
        boolean firstPage,
        Optional<String> nextHref)
        implements TemplateInstance {}
