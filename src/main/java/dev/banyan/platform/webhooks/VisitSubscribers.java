package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;

/// Knows whose endpoints want to hear of visits. Few do, so the visits of all others cost no query.
final class VisitSubscribers {

    private static final int KNOWN_AT_MOST = 100_000;
    /// How late it is noticed, at most, that an endpoint was changed on a server which can’t be heard.
    private static final Duration BELIEVED_FOR = Duration.ofMinutes(1);

    /// @param accounts those of a tenant that have such an endpoint; that of a root account hears of all its brands
    private record Known(Set<AccountId> accounts, long since) {

        boolean include(Owner owner) {
            return accounts.contains(owner.tenant()) || accounts.contains(owner.account());
        }
    }

    private final Database database;
    private final OtherNodes others;
    private final Clock clock;
    private final Map<AccountId, Known> byTenant = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    VisitSubscribers(Database database, OtherNodes others, Clock clock) {
        this.database = database;
        this.others = others;
        this.clock = clock;
    }

    /// Returns whether an endpoint may hear of the visits of an account, as far as is known without asking.
    boolean mayInclude(Owner owner) {
        return known(owner).map(known -> known.include(owner)).orElse(true);
    }

    boolean include(Tx tx, Owner owner) {
        return known(owner).orElseGet(() -> read(tx, owner.tenant())).include(owner);
    }

    private Optional<Known> known(Owner owner) {
        return Optional.ofNullable(byTenant.get(owner.tenant()))
                .filter(known -> !database.isShared()
                        || Math.abs(clock.millis() - known.since()) < BELIEVED_FOR.toMillis()
                        || others.isCompleteSince(known.since()));
    }

    private Known read(Tx tx, AccountId tenant) {
        long before = changes.get();
        Set<AccountId> accounts = new EndpointStore(tx)
                .active(tenant).stream()
                        .filter(endpoint -> endpoint.whose().workspace().isEmpty()
                                && endpoint.events().stream().anyMatch(EventType::isOfVisitors))
                        .map(endpoint -> endpoint.owner().account())
                        .collect(Collectors.toUnmodifiableSet());
        if (byTenant.size() >= KNOWN_AT_MOST) {
            byTenant.clear();
        }
        var known = new Known(accounts, clock.millis());
        byTenant.put(tenant, known);
        if (changes.get() != before) {
            byTenant.remove(tenant, known);
        }
        return known;
    }

    void forget(AccountId tenant) {
        changes.incrementAndGet();
        byTenant.remove(tenant);
    }
}
