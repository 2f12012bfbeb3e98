package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The short links of the current account; `locked` if its tier has none at all.
///
/// @param usage of the limit, which a tenant's accounts may share; `some` says whether this account has any
@CheckedTemplate(basePath = "shortlinks")
record ShortLinksPage(
        PageFrame shell,
        Usage usage,
        boolean locked,
        boolean some,
        String tierLabel,
        String publicHost,
        List<Row> rows,
        Filter filter,
        boolean firstPage,
        Optional<String> nextHref)
        implements TemplateInstance {

    /// The selected filter, and the addresses of the others.
    record Filter(
            String search,
            String tag,
            String state,
            String sort,
            String orderLabel,
            List<SortLink> states,
            List<SortLink> orders,
            List<String> tags,
            String firstHref) {
        public boolean whole() {
            return search.isEmpty() && tag.isEmpty() && state.isEmpty();
        }
    }

    /// An option of a filter.
    record SortLink(String label, String href, boolean current) {}

    /// A row. `status` is such as "Ended"; empty if the link simply redirects.
    record Row(
            String id,
            String slug,
            String title,
            String target,
            List<String> tags,
            boolean active,
            String status,
            boolean overLimit,
            long clicks) {
        public String clicksText() {
            return Words.count(clicks, "click", "clicks");
        }
    }
}
