package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.web.page.Brand;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The brands found in the switcher: list items only. `acting` is the account that the requesting page was drawn for,
/// `moreHref` leads to all results.
@Exempt(from = "onlyPagesDraw", because = "is a part of a page, fetched by htmx")
@CheckedTemplate(basePath = "accounts")
record SwitcherOptions(String acting, String search, List<Brand> brands, boolean more, String moreHref)
        implements TemplateInstance {}
