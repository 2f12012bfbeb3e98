package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.search.SearchHit;
import dev.banyan.accounts.search.SearchKind;
import dev.banyan.accounts.search.SearchScope;
import dev.banyan.accounts.search.SearchSource;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.Reindexed;
import jakarta.inject.Singleton;

/// Finds short links by their slugs, titles, tags and targets.
@Singleton
final class ShortLinkSearch implements SearchSource, Reindexed {

    @Override
    public Map<String, Texts> texts() {
        return Map.of("short_links", (tx, after) -> new ShortLinkStore(tx).addSignedWords(after));
    }

    @Override
    public List<SearchHit> find(Tx tx, SearchScope scope, String text, int limit) {
        return scope.permits("read:shortlinks")
                ? new ShortLinkStore(tx)
                        .search(scope.tenant(), scope.listed(), text, limit).stream()
                                .map(link -> new SearchHit(
                                        SearchKind.SHORT_LINK,
                                        link.account(),
                                        link.title().isEmpty() ? link.slug() : link.title(),
                                        "/l/" + link.slug(),
                                        "/admin/short-links/" + link.id()))
                                .toList()
                : List.of();
    }
}
