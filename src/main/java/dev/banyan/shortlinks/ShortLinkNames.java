package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.analytics.EventNames;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Returns the names of short links for analytics.
@Singleton
final class ShortLinkNames implements EventNames {

    @Override
    public Map<String, Name> names(Tx tx, Owner owner, Kind kind, Collection<String> ids) {
        return switch (kind) {
            case SHORT_LINK -> new ShortLinkStore(tx).names(owner, ids);
            case PAGE, LINK -> Map.of();
        };
    }

    @Override
    public Optional<Name> shortLink(Tx tx, Owner owner, String slug) {
        return new ShortLinkStore(tx)
                .findBySlug(owner, slug)
                .map(link -> new Name(link.id().toString(), link.title(), link.target(), link.slug()));
    }
}
