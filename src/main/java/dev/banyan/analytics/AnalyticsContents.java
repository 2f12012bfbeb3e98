package dev.banyan.analytics;

import dev.banyan.accounts.AccountContents;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Deletes the counters of an erased account; its totals are kept.
@Singleton
final class AnalyticsContents implements AccountContents {

    /// Returns 0, because links count their own clicks.
    @Override
    public long clicks(Tx tx, Owner owner) {
        return 0;
    }

    @Override
    public int eraseSome(Tx tx, Owner owner, int most) {
        return new VisitStore(tx).deleteSome(owner, most);
    }
}
