package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.accounts.domains.LeadingOn;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.LinkStore;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Links of pages lead on.
@Singleton
final class LinkWay implements LeadingOn {

    @Override
    public String way() {
        return LinkId.WAY;
    }

    @Override
    public Optional<Address> find(Tx tx, String id) {
        return LinkId.parse(id)
                .flatMap(new LinkStore(tx)::findForVisitor)
                .map(owned -> new Address(
                        owned.link().id().path(), List.of(owned.link().url())));
    }
}
