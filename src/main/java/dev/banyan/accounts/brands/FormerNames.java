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
public record FormerNames(Database database, Event<AccountChanged> changed, Clock clock) implements Recurring {

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
