package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.AccountId;

/// Work for pools that only one node may do at a time: what holds connections, or keeps its state in memory.
public interface LiveWork {

    /// Returns all pools of these accounts, with how many numbers each has.
    ///
    /// @param accounts empty: of all
    Map<LivePool, Integer> pools(Optional<Set<AccountId>> accounts);

    /// Mends what another node may have left of these pools, before this one begins their work. May be called again for
    /// the same.
    void prepare(List<LivePool> pools);

    /// Begins the work of these pools. Returns soon.
    void begin(List<LivePool> pools);

    /// Returns whether something is under way that another node could not go on with.
    boolean isBusy(LivePool pool);

    /// Ends the work, so that another node can begin it. Nothing new was begun since [LivePools#isOurs] is false.
    void end(LivePool pool);
}
