package dev.banyan.whatsapp;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.Accounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an account's pools look like. [Senders] changes them.
@Singleton
public final class Pools {

    /// All pools of an account, the oldest master first, with numbers that are counted and not remembered.
    public record Overview(List<Pool> pools) {

        public Overview {
            pools = List.copyOf(pools);
        }

        public Stream<Sender> senders() {
            return pools.stream().flatMap(Pool::senders);
        }

        public int total() {
            return masters() + servants();
        }

        public int masters() {
            return pools.size();
        }

        public int servants() {
            return pools.stream().mapToInt(pool -> pool.servants().size()).sum();
        }

        /// Those that show ✅.
        public int active() {
            return count(SenderState::isActive);
        }

        /// Those that show ⏳.
        public int pending() {
            return count(SenderState::isPending);
        }

        private int count(Predicate<SenderState> wanted) {
            return (int) senders().map(Sender::state).filter(wanted).count();
        }
    }

    private static final int PAGE = 500;

    private final Database database;
    private final Accounts accounts;
    private final Liveness liveness;

    Pools(Database database, Accounts accounts, Liveness liveness) {
        this.database = database;
        this.accounts = accounts;
        this.liveness = liveness;
    }

    /// In one query, whatever the number.
    public Overview overview(AccountId tenant) {
        return group(database.read(tx -> new SenderStore(tx).list(tenant)));
    }

    public static Overview group(List<Sender> senders) {
        var pools = new LinkedHashMap<SenderId, List<Sender>>();
        senders.stream().filter(Sender::isMaster).forEach(master -> pools.put(master.id(), new ArrayList<>()));
        senders.forEach(sender -> sender.masterId().map(pools::get).ifPresent(servants -> servants.add(sender)));
        return new Overview(senders.stream()
                .filter(Sender::isMaster)
                .map(master -> new Pool(master, pools.getOrDefault(master.id(), List.of())))
                .toList());
    }

    /// The pool of one master.
    public Optional<Pool> pool(AccountId tenant, SenderId master) {
        return database.read(tx -> {
            var store = new SenderStore(tx);
            return store.find(tenant, master)
                    .filter(Sender::isMaster)
                    .map(found -> new Pool(found, store.servants(tenant, master)));
        });
    }

    /// Whether an account has more than one pool, so that servants can move.
    public boolean hasSeveral(AccountId tenant) {
        return database.read(tx -> new SenderStore(tx).someMasters(tenant, 2)) > 1;
    }

    /// A master or a servant.
    public Optional<Sender> sender(AccountId tenant, SenderId id) {
        return database.read(tx -> new SenderStore(tx).find(tenant, id));
    }

    /// The same in somebody's own transaction.
    public Optional<Sender> sender(Tx tx, AccountId tenant, SenderId id) {
        return new SenderStore(tx).find(tenant, id);
    }

    /// Those of these senders that the account has, in one query.
    public Map<SenderId, Sender> senders(AccountId tenant, Collection<SenderId> ids) {
        return ids.isEmpty()
                ? Map.of()
                : database.read(tx -> new SenderStore(tx).findAll(tenant, ids)).stream()
                        .collect(Collectors.toMap(Sender::id, sender -> sender));
    }

    /// One page of what somebody looks for.
    ///
    /// @param next the last one of the page, for the page after it; empty where there is none
    public record Found(List<Sender> senders, Optional<SenderId> next) {

        public Found {
            senders = List.copyOf(senders);
        }
    }

    /// Senders of an account, the oldest first.
    ///
    /// @param after the last one of the page before; one that is gone begins anew
    public Found search(AccountId tenant, SenderQuery query, Optional<SenderId> after, int limit) {
        return search(tenant, query, _ -> true, after, limit);
    }

    /// @param also what they must be beside what the query says
    public Found search(
            AccountId tenant, SenderQuery query, Predicate<Sender> also, Optional<SenderId> after, int limit) {
        var found = new ArrayList<Sender>();
        Optional<Sender> last = after.flatMap(id -> sender(tenant, id));
        boolean more = true;
        Predicate<Sender> hasText = query.hasText();
        // Health is known in memory alone, and SQLite knows no capitals beside A to Z: pages are read until enough is
        // left.
        while (more && found.size() <= limit) {
            Optional<Sender> from = last;
            List<Sender> page = database.read(tx -> new SenderStore(tx).search(tenant, query, from, PAGE));
            page.stream()
                    .filter(sender -> also.test(sender) && hasText.test(sender) && isAsHealthy(sender, query))
                    .forEach(found::add);
            more = page.size() == PAGE;
            last = page.isEmpty() ? last : Optional.of(page.getLast());
        }
        return found.size() > limit
                ? new Found(
                        found.subList(0, limit),
                        Optional.of(found.get(limit - 1).id()))
                : new Found(found, Optional.empty());
    }

    private boolean isAsHealthy(Sender sender, SenderQuery query) {
        return query.healthy().isEmpty() || query.healthy().get() == liveness.isHealthy(sender);
    }

    /// How a pool shares its load.
    public PoolSettings settings(AccountId tenant, SenderId master) {
        return database.read(tx -> new PoolSettingsStore(tx).find(tenant, master));
    }

    /// Those of all pools that somebody has tuned.
    public Map<SenderId, PoolSettings> settings(AccountId tenant) {
        return database.read(tx -> new PoolSettingsStore(tx).all(tenant));
    }

    public Optional<Sender> byPhone(AccountId tenant, Phone phone) {
        return database.read(tx -> new SenderStore(tx).findByPhone(tenant, phone));
    }

    /// The root accounts that have masters, at most `limit`, so that a console can choose. For whoever runs the server.
    public List<Account> accountsWithMasters(int limit) {
        return database.read(tx -> new SenderStore(tx).tenantsWithMasters(limit)).stream()
                .map(accounts::root)
                .flatMap(Optional::stream)
                .map(Accounts.Described::account)
                .toList();
    }
}
