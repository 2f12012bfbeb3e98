package dev.banyan.shortlinks;

import dev.banyan.accounts.AccountContents;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Deletes the short links of an erased account.
@Singleton
final class ShortLinkContents implements AccountContents {

    @Override
    public long clicks(Tx tx, Owner owner) {
        return new ShortLinkStore(tx).clicks(owner);
    }

    @Override
    public int eraseSome(Tx tx, Owner owner, int most) {
        return new ShortLinkStore(tx).deleteSome(owner, most);
    }
}
