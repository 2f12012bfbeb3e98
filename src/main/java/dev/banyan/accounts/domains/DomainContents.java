package dev.banyan.accounts.domains;

import dev.banyan.accounts.AccountContents;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Deletes the domains of an erased account.
@Singleton
final class DomainContents implements AccountContents {

    @Override
    public long clicks(Tx tx, Owner owner) {
        return 0;
    }

    @Override
    public int eraseSome(Tx tx, Owner owner, int most) {
        return new DomainStore(tx).deleteSome(owner, most);
    }
}
