package dev.banyan.accounts.plans;

import module java.base;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.accounts.AccountStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Which day it is for an account: in the time zone of its root account, so that brands can be compared.
@Singleton
public final class AccountDays {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST = 100_000;

    private record ZoneOf(AccountId tenant) {}

    private final Database database;
    private final Clock clock;
    private final LoadingCache<AccountId, ZoneId> zones;

    public AccountDays(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.zones = Caffeine.newBuilder()
                .maximumSize(MOST)
                .refreshAfterWrite(KEPT)
                .executor(Runnable::run)
                .build(tenant -> database.read(tx -> zone(tx, tenant)));
    }

    void forget(@Observes AccountChanged change) {
        zones.invalidate(change.account());
    }

    /// Returns the zone as it was known a minute ago at the latest, for the many events that are counted.
    public ZoneId zone(AccountId tenant) {
        try {
            return zones.get(tenant);
        } catch (DatabaseUnavailable _) {
            return ZoneOffset.UTC; // a visit in a day beside it is better than none
        }
    }

    public static ZoneId zone(Tx tx, AccountId tenant) {
        return tx.once(new ZoneOf(tenant), asked -> new AccountStore(tx).zone(asked.tenant()));
    }

    public LocalDate today(Tx tx, AccountId tenant) {
        return LocalDate.ofInstant(clock.instant(), zone(tx, tenant));
    }

    public LocalDate today(AccountId tenant) {
        return database.read(tx -> today(tx, tenant));
    }
}
