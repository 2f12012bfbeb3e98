package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.domains.LeadingOn;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Short links lead on.
@Singleton
final class ShortLinkWay implements LeadingOn {

    static final String WAY = "/l/";

    @Override
    public String way() {
        return WAY;
    }

    @Override
    public Optional<Address> find(Tx tx, String slug) {
        return Optional.of(slug)
                .filter(ShortSlugs::isFit)
                .flatMap(new ShortLinkStore(tx)::findForVisitor)
                .map(link -> new Address(
                        WAY + link.slug(), ShortLinkTargets.targets(link).values()));
    }
}
