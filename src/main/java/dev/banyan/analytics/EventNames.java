package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;

/// Returns the names of visited entities. Implemented by each package that owns such entities.
public interface EventNames {

    enum Kind {
        PAGE,
        LINK,
        SHORT_LINK
    }

    /// @param address the slug of a page, the address of a link, the target of a short link
    /// @param within the page of a link, the slug of a short link; otherwise empty
    record Name(String id, String title, String address, String within) {}

    /// Returns the names of existing entities by id; empty if the package doesn't own this kind. At most a few hundred
    /// ids are passed.
    Map<String, Name> names(Tx tx, Owner owner, Kind kind, Collection<String> ids);

    /// Returns the time zones of a tenant's pages that have one of their own; empty if the package doesn't own pages.
    default Map<String, ZoneId> zones(Tx tx, AccountId tenant) {
        return Map.of();
    }

    /// Returns the time zone of a page that has one of its own.
    default Optional<ZoneId> zone(Tx tx, Owner owner, String page) {
        return Optional.ofNullable(zones(tx, owner.tenant()).get(page));
    }

    /// Returns the pages of an account in order; empty if the package doesn't own pages.
    default List<Name> pages(Tx tx, Owner owner) {
        return List.of();
    }

    /// Returns the links of a page in order; empty if the package doesn't own links.
    default List<Name> links(Tx tx, Owner owner, String page) {
        return List.of();
    }

    /// Returns a short link by its slug; empty if the package doesn't own short links.
    default Optional<Name> shortLink(Tx tx, Owner owner, String slug) {
        return Optional.empty();
    }
}
