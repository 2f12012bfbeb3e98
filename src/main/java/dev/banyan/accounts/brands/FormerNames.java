package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.AccountStore;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import jakarta.inject.Singleton;

/// Frees usernames that brands gave up, after the days on which they still lead on.
@Singleton
public final class FormerNames implements Recurring {

    private final Database database;
    private final Clock clock;

    FormerNames(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// @return how many were freed
    public int run() {
        return database.write(tx -> new AccountStore(tx).release(clock.instant()));
    }

    @Override
    public Job job() {
        return Job.scheduled("1h", "3m", "free-usernames", "Frees usernames changed 90 days ago.", this::run);
    }
}
