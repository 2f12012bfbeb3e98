package dev.banyan.accounts;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;
import java.util.List;

/// Writes the search words of accounts that have none, which come from servers older than the search. Stops looking
/// once all accounts have theirs, because every later change of a name writes its words itself.
@Singleton
public final class AccountSearchBackfill {

    private static final int AT_ONCE = 200;

    private final Database database;
    private volatile boolean complete;

    AccountSearchBackfill(Database database) {
        this.database = database;
    }

    /// Processes a bounded number of accounts. For a job.
    ///
    /// @return how many accounts got their words
    public int write() {
        if (complete) {
            return 0;
        }
        List<Owner> missing = database.read(tx -> new AccountWordStore(tx).withoutWords(AT_ONCE));
        if (missing.isEmpty()) {
            complete = true;
            return 0;
        }
        return database.write(tx -> {
            missing.forEach(new AccountWordStore(tx)::refresh);
            return missing.size();
        });
    }
}
