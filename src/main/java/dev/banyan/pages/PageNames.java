package dev.banyan.pages;

import module java.base;
import dev.banyan.analytics.EventNames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Returns the names of pages and links for analytics.
@Singleton
final class PageNames implements EventNames {

    @Override
    public Map<String, Name> names(Tx tx, Owner owner, Kind kind, Collection<String> ids) {
        return switch (kind) {
            case PAGE -> {
                var wanted = new HashSet<>(ids);
                yield byId(pages(tx, owner).stream()
                        .filter(page -> wanted.contains(page.id()))
                        .toList());
            }
            case LINK ->
                byId(new LinkStore(tx)
                        .find(owner, ids).stream().map(PageNames::name).toList());
            case SHORT_LINK -> Map.of();
        };
    }

    @Override
    public Map<String, ZoneId> zones(Tx tx, AccountId tenant) {
        return new PageStore(tx).zones(tenant);
    }

    @Override
    public Optional<ZoneId> zone(Tx tx, Owner owner, String page) {
        return PageId.parse(page)
                .flatMap(id -> new PageStore(tx).find(owner, id))
                .flatMap(Page::zone);
    }

    @Override
    public List<Name> pages(Tx tx, Owner owner) {
        return new PageStore(tx)
                .list(owner).stream()
                        .map(page -> new Name(page.id().toString(), page.name(), page.slug(), ""))
                        .toList();
    }

    @Override
    public List<Name> links(Tx tx, Owner owner, String page) {
        return PageId.parse(page)
                .map(id -> new LinkStore(tx)
                        .list(owner, id).stream().map(PageNames::name).toList())
                .orElse(List.of());
    }

    private static Name name(Link link) {
        return new Name(
                link.id().toString(), link.title(), link.url(), link.page().toString());
    }

    private static Map<String, Name> byId(List<Name> names) {
        return names.stream().collect(Collectors.toMap(Name::id, Function.identity()));
    }
}
