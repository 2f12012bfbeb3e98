package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.search.SearchHit;
import dev.banyan.accounts.search.SearchKind;
import dev.banyan.accounts.search.SearchScope;
import dev.banyan.accounts.search.SearchSource;
import dev.banyan.pages.LinkAddresses;
import dev.banyan.pages.PageWordStore;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.Reindexed;
import jakarta.inject.Singleton;

/// Finds the links of pages by their titles and hosts.
@Singleton
final class LinkSearch implements SearchSource, Reindexed {

    @Override
    public Map<String, Texts> texts() {
        return Map.of("links", (tx, after) -> new PageWordStore(tx).addSignedOfLinks(after));
    }

    @Override
    public List<SearchHit> find(Tx tx, SearchScope scope, String text, int limit) {
        return scope.permits("read:links")
                ? new PageWordStore(tx)
                        .links(scope.tenant(), scope.listed(), text, limit).stream()
                                .map(link -> new SearchHit(
                                        SearchKind.LINK,
                                        link.account(),
                                        link.title(),
                                        LinkAddresses.shown(link.url()),
                                        "/admin/pages/" + link.page() + "#link-" + link.id()))
                                .toList()
                : List.of();
    }
}
