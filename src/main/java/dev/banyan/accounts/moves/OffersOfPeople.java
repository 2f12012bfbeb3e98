package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.SetUpByPerson;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Offers of brands end with the ownership of the person who made them: whoever leaves hands nothing over any more.
@Singleton
record OffersOfPeople(Audit audit) implements SetUpByPerson {

    @Override
    public Set<String> columns() {
        return Set.of("account_moves.offered_by_identity_id");
    }

    @Override
    public void reduced(Tx tx, Actor actor, Account root, IdentityId person, Optional<Membership> now) {
        if (now.filter(Membership::isOwner).isPresent()) {
            return;
        }
        var store = new MoveStore(tx);
        for (Move move : store.openOfferedBy(root.id(), person)) {
            store.end(root.id(), move, Move.State.CANCELED);
            new AccountStore(tx)
                    .find(move.account())
                    .ifPresent(brand ->
                            audit.note(tx, actor, brand, "BrandOfferCanceled", Map.of("username", brand.username())));
        }
    }
}
