package dev.banyan.browser;

import module java.base;
import com.microsoft.playwright.Page;

/// The links of a page to others of our pages, and which of them are of one kind: rows of a list differ only by what is
/// in them.
final class PageLinks {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}|scl_[a-z0-9_]+");
    private static final Pattern NAME = Pattern.compile(
            "^(/s/|/docs/api/(?!events)|/docs/guides/|/docs/(?!api|guides|search)|/admin/users/sub-accounts/(?!new)|/admin/pools/senders/)[^/]+");
    private static final Pattern NO_PAGE =
            Pattern.compile("[.](csv|json|svg|png|zip)$|/(export|logout|picture|files|archive)(/|$)|^/(go|l|api|ui)/");
    /// Parameters that lead to another kind of page, and not to other rows of the same one.
    private static final List<String> KINDS = List.of("edit", "pane", "view", "pageId");

    private final Pattern inside;

    /// @param inside what the paths to follow begin with
    PageLinks(String inside) {
        this.inside = Pattern.compile("^" + inside);
    }

    /// Returns paths with their queries, in the order of the page.
    List<String> of(Page page) {
        return all(page).stream().filter(this::isPage).toList();
    }

    private boolean isPage(String link) {
        String path = link.replaceFirst("[?].*", "");
        return inside.matcher(path).find() && !NO_PAGE.matcher(path).find();
    }

    static String kind(String path) {
        URI address = URI.create(path);
        String plain = NAME.matcher(ID.matcher(address.getPath()).replaceAll("{id}"))
                .replaceFirst("$1{name}")
                .replaceFirst("^(/admin/pools/)(?!bulk|senders|masters|alerts|proxies)[^/]+", "$1{id}");
        String query = Objects.requireNonNullElse(address.getQuery(), "");
        return plain + KINDS.stream().filter(query::contains).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<String> all(Page page) {
        return (List<String>) page.evaluate("""
                () => [...document.querySelectorAll("a[href]:not([download], [hidden])")].map(link => new URL(link.href))
                  .filter(url => url.origin === location.origin).map(url => url.pathname + url.search)""");
    }
}
