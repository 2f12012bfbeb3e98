package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.AccountId;

/// Work for accounts that only one node may do at a time: what holds connections, or keeps its state in memory.
public interface LiveWork {

    /// Returns all accounts that have such work, for a node that starts.
    List<AccountId> accounts();

    /// Mends what another node may have left of these accounts, before this one begins their work. May be called again
    /// for the same.
    void prepare(List<AccountId> accounts);

    /// Begins the work of an account. Returns soon.
    void begin(AccountId account);

    /// Returns whether something is under way that another node could not go on with.
    boolean isBusy(AccountId account);

    /// Ends the work, so that another node can begin it. Nothing new was begun since [LiveAccounts#isOurs] is false.
    void end(AccountId account);
}
