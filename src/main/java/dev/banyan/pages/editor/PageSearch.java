package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.search.SearchHit;
import dev.banyan.accounts.search.SearchKind;
import dev.banyan.accounts.search.SearchScope;
import dev.banyan.accounts.search.SearchSource;
import dev.banyan.pages.PageWordStore;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.Reindexed;
import jakarta.inject.Singleton;

/// Finds pages by their names and slugs.
@Singleton
final class PageSearch implements SearchSource, Reindexed {

    @Override
    public Map<String, Texts> texts() {
        return Map.of("pages", (tx, after) -> new PageWordStore(tx).addSignedOfPages(after));
    }

    @Override
    public List<SearchHit> find(Tx tx, SearchScope scope, String text, int limit) {
        return scope.permits("read:pages")
                ? new PageWordStore(tx)
                        .pages(scope.tenant(), scope.listed(), text, limit).stream()
                                .map(page -> new SearchHit(
                                        SearchKind.PAGE,
                                        page.account(),
                                        page.name(),
                                        "/" + page.slug(),
                                        "/admin/pages/" + page.id()))
                                .toList()
                : List.of();
    }
}
