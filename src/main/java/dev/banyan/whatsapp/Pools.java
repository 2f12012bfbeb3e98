package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Accounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Queries about an account's pools and senders. [Senders] changes them.
@Singleton
public record Pools(Database database, Accounts accounts, Liveness liveness) {

    /// All pools of an account, oldest master first, with totals that are computed on demand.
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

        /// Returns the display names of senders; a removed one is called by its id.
        public Function<SenderId, String> names() {
            Map<SenderId, Sender> known = senders().collect(Collectors.toMap(Sender::id, Function.identity()));
            return id -> Sender.shownName(Optional.ofNullable(known.get(id)), id);
        }

        /// Returns how many senders show ✅.
        public int active() {
            return count(SenderState::isActive);
        }

        /// Returns how many senders show ⏳.
        public int pending() {
            return count(SenderState::isPending);
        }

        /// Returns how many senders show ❌. With [#active] and [#pending], these are all.
        public int unlinked() {
            return total() - active() - pending();
        }

        private int count(Predicate<SenderState> wanted) {
            return (int) senders().map(Sender::state).filter(wanted).count();
        }
    }

    private static final int PAGE = 500;

    /// Reads all pools in one query.
    public Overview overview(AccountId tenant) {
        return group(database.read(tenant, tx -> new SenderStore(tx).list(tenant)));
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

    public Optional<Pool> pool(AccountId tenant, SenderId master) {
        return database.read(tx -> {
            var store = new SenderStore(tx);
            return store.find(tenant, master)
                    .filter(Sender::isMaster)
                    .map(found -> new Pool(found, store.servants(tenant, master)));
        });
    }

    /// Returns whether an account has more than one pool, so that servants can be moved.
    public boolean hasSeveral(AccountId tenant) {
        return database.read(tenant, tx -> new SenderStore(tx).someMasters(tenant, 2)) > 1;
    }

    /// Returns a master or a servant.
    public Optional<Sender> sender(AccountId tenant, SenderId id) {
        return database.read(tenant, tx -> new SenderStore(tx).find(tenant, id));
    }

    /// Returns a master or a servant, in the caller's transaction.
    public Optional<Sender> sender(Tx tx, AccountId tenant, SenderId id) {
        return new SenderStore(tx).find(tenant, id);
    }

    /// Returns the senders with these ids that belong to the account, in one query.
    public Map<SenderId, Sender> senders(AccountId tenant, Collection<SenderId> ids) {
        return ids.isEmpty()
                ? Map.of()
                : database.read(tenant, tx -> new SenderStore(tx).findAll(tenant, ids)).stream()
                        .collect(Collectors.toMap(Sender::id, sender -> sender));
    }

    /// One page of search results.
    ///
    /// @param next the last sender of the page, the cursor of the next one; empty if there are no more
    public record Found(List<Sender> senders, Optional<SenderId> next) {

        public Found {
            senders = List.copyOf(senders);
        }
    }

    /// Searches the senders of an account, oldest first.
    ///
    /// @param after the last sender of the previous page; if it no longer exists, the search starts from
    ///     the beginning
    public Found search(AccountId tenant, SenderQuery query, Optional<SenderId> after, int limit) {
        return search(tenant, query, _ -> true, after, limit);
    }

    /// @param also an additional condition
    public Found search(
            AccountId tenant, SenderQuery query, Predicate<Sender> also, Optional<SenderId> after, int limit) {
        var found = new ArrayList<Sender>();
        Optional<Sender> last = after.flatMap(id -> sender(tenant, id));
        boolean more = true;
        Predicate<Sender> hasText = query.hasText();
        // Health is known only in memory, and SQLite ignores case only for A to Z, so pages are read and filtered here
        // until enough senders match.
        while (more && found.size() <= limit) {
            Optional<Sender> from = last;
            List<Sender> page =
                    database.read(tenant, tx -> new SenderSearchStore(tx).search(tenant, query, from, PAGE));
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

    public PoolSettings settings(AccountId tenant, SenderId master) {
        return database.read(tenant, tx -> new PoolSettingsStore(tx).find(tenant, master));
    }

    /// Returns the settings of each pool of an account.
    public Function<SenderId, PoolSettings> settings(AccountId tenant) {
        return database.read(tenant, tx -> {
            var store = new PoolSettingsStore(tx);
            Map<SenderId, PoolSettings> own = store.all(tenant);
            PoolSettings others = store.ofAccount(tenant);
            return id -> own.getOrDefault(id, others);
        });
    }

    /// Returns the root accounts that have masters, at most `limit`, for the operator to choose from in the console.
    public List<Account> accountsWithMasters(int limit) {
        return database.read(tx -> new SenderStore(tx).tenantsWithMasters(limit)).stream()
                .map(accounts::root)
                .flatMap(Optional::stream)
                .map(Accounts.Described::account)
                .toList();
    }
}
