package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.web.page.Brand;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The brands that a field offers while someone types in it: options only.
@Exempt(from = "onlyPagesDraw", because = "is a part of a page, fetched by htmx")
@CheckedTemplate(basePath = "accounts")
record BrandOptions(List<Brand> brands) implements TemplateInstance {}
