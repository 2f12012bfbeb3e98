package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.LivePool;

/// A sender with its tenant: the key of everything in memory, such as drivers, watchers and signs of life.
public record SenderKey(AccountId tenant, SenderId id) {

    /// Returns the pool of this master as what one server has at a time.
    public LivePool asPool() {
        return new LivePool(tenant, id.value());
    }

    /// Returns the master of a pool that one server has at a time.
    public static SenderKey of(LivePool pool) {
        return new SenderKey(pool.account(), new SenderId(pool.pool()));
    }
}
