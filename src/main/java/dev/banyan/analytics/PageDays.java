package dev.banyan.analytics;

import module java.base;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.Tx;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Which day it is for a page: in its own time zone if it has one, else in the account's.
@Singleton
final class PageDays {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST = 100_000;

    private final AccountDays accounts;
    private final List<EventNames> names;
    private final Clock clock;
    private final LoadingCache<AccountId, Map<String, ZoneId>> zones;

    PageDays(Database database, AccountDays accounts, @All List<EventNames> names, Clock clock) {
        this.accounts = accounts;
        this.names = names;
        this.clock = clock;
        this.zones = Caffeine.newBuilder()
                .maximumSize(MOST)
                .refreshAfterWrite(KEPT)
                .executor(Runnable::run)
                .build(tenant -> database.read(tx -> own(tx, tenant)));
    }

    private Map<String, ZoneId> own(Tx tx, AccountId tenant) {
        return names.stream()
                .flatMap(known -> known.zones(tx, tenant).entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Returns the zone as it was known a minute ago at the latest, for the many events that are counted.
    ///
    /// @param page its id; empty for the account
    ZoneId zone(Owner owner, Optional<String> page) {
        ZoneId ofAccount = accounts.zone(owner.tenant());
        try {
            return page.map(id -> zones.get(owner.tenant()).getOrDefault(id, ofAccount))
                    .orElse(ofAccount);
        } catch (DatabaseUnavailable _) {
            return ofAccount;
        }
    }

    /// @param page its id; empty for the account
    ZoneId zone(Tx tx, Owner owner, Optional<String> page) {
        return page.flatMap(id -> names.stream()
                        .flatMap(known -> known.zone(tx, owner, id).stream())
                        .findFirst())
                .orElseGet(() -> AccountDays.zone(tx, owner.tenant()));
    }

    LocalDate today(Tx tx, Owner owner, Optional<String> page) {
        return LocalDate.ofInstant(clock.instant(), zone(tx, owner, page));
    }
}
