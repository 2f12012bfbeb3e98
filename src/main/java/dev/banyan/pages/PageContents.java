package dev.banyan.pages;

import dev.banyan.accounts.AccountContents;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Deletes the pages and links of an erased account.
@Singleton
final class PageContents implements AccountContents {

    @Override
    public long clicks(Tx tx, Owner owner) {
        return new LinkStore(tx).clicks(owner);
    }

    @Override
    public int eraseSome(Tx tx, Owner owner, int most) {
        int links = new LinkStore(tx).deleteSome(owner, most);
        return links > 0 ? links : new PageStore(tx).deleteSome(owner, most);
    }
}
