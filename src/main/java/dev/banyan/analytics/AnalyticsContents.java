package dev.banyan.analytics;

import dev.banyan.accounts.AccountContents;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Counters of an account that is erased go with it; its sums stay.
@Singleton
final class AnalyticsContents implements AccountContents {

    /// Links have their clicks themselves.
    @Override
    public long clicks(Tx tx, Owner owner) {
        return 0;
    }

    @Override
    public int eraseSome(Tx tx, Owner owner, int most) {
        return new VisitStore(tx).deleteSome(owner, most);
    }
}
