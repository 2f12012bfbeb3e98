package dev.banyan.accounts.search;

import module java.base;
import dev.banyan.platform.Exempt;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The list of results in the search dialog: `count` of them, `all` is the address of the page with more. Before
/// something is typed, the `recent` brands.
@Exempt(from = "onlyPagesDraw", because = "is a part of a page, fetched by htmx")
@CheckedTemplate(basePath = "accounts")
record SearchResults(String search, List<Searches.Item> recent, List<Searches.Group> groups, int count, String all)
        implements TemplateInstance {}
