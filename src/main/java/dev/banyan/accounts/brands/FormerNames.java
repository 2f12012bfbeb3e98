package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.accounts.AccountStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Frees usernames that accounts and brands gave up, after the days on which they still lead on.
@Singleton
public final class FormerNames implements Recurring {

    private final Database database;
    private final Event<AccountChanged> changed;
    private final Clock clock;

    FormerNames(Database database, Event<AccountChanged> changed, Clock clock) {
        this.database = database;
        this.changed = changed;
        this.clock = clock;
    }

    /// @return how many were freed
    public int run() {
        Map<String, AccountId> freed = database.write(tx -> new AccountStore(tx).release(clock.instant()));
        freed.forEach((name, account) -> changed.fire(new AccountChanged(account, name)));
        return freed.size();
    }

    @Override
    public Job job() {
        return Job.scheduled("1h", "3m", "free-usernames", "Frees usernames changed 90 days ago.", this::run);
    }
}
