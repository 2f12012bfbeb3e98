package dev.banyan.analytics;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the things are called that visitors came to. Each package that owns such things implements it.
public interface EventNames {

    enum Kind {
        PAGE,
        LINK,
        SHORT_LINK
    }

    /// @param address of a page its slug, of a link where it leads, of a short link its target
    /// @param within of a link its page, of a short link its slug; else empty
    record Name(String id, String title, String address, String within) {}

    /// Those of them that are there, by id; none where they are not this package's kind. At most a few hundred are
    /// asked for.
    Map<String, Name> names(Tx tx, Owner owner, Kind kind, Collection<String> ids);

    /// The pages of an account in their order; empty where they are not this package's kind.
    default List<Name> pages(Tx tx, Owner owner) {
        return List.of();
    }

    /// The links of a page in their order; empty where they are not this package's kind.
    default List<Name> links(Tx tx, Owner owner, String page) {
        return List.of();
    }

    /// A short link by its slug; empty where they are not this package's kind.
    default Optional<Name> shortLink(Tx tx, Owner owner, String slug) {
        return Optional.empty();
    }
}
