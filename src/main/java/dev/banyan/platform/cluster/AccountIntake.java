package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;

/// Takes the accounts that were given to this node and those that no living node has, and begins their work.
final class AccountIntake {

    private static final int TAKEN_AT_ONCE = 20;

    private final OwnAccounts own;
    private final Nodes nodes;
    private final Database database;
    private final Executor threads;
    private final RepeatedFailures failures;
    private final List<Consumer<AccountId>> onCame = new CopyOnWriteArrayList<>();
    /// How often was asked to look for accounts since the last look began.
    private final AtomicInteger looksWanted = new AtomicInteger();
    private volatile Optional<LiveWork> work = Optional.empty();
    /// Whether to look soon: what is this node's may have changed, or the last look failed.
    private volatile boolean due;

    AccountIntake(OwnAccounts own, Nodes nodes, Database database, Executor threads, RepeatedFailures failures) {
        this.own = own;
        this.nodes = nodes;
        this.database = database;
        this.threads = threads;
        this.failures = failures;
    }

    void begin(LiveWork all) {
        work = Optional.of(all);
        List<AccountId> accounts = all.accounts();
        database.write(tx -> {
            new AccountLeaseStore(tx).add(accounts);
            return true;
        });
        lookSoon();
    }

    void onCame(Consumer<AccountId> listener) {
        onCame.add(listener);
    }

    void lookLater() {
        due = true;
    }

    void lookIfDue() {
        if (due) {
            due = false;
            lookSoon();
        }
    }

    void lookSoon() {
        threads.execute(this::look);
    }

    /// Returns whether it looks for accounts right now; what a look has found out is known when it ends.
    boolean isLooking() {
        return looksWanted.get() > 0;
    }

    /// Looks for accounts, and once more if that was asked for meanwhile: what was given away after a look has read it
    /// would wait for the next one.
    private void look() {
        if (looksWanted.getAndIncrement() > 0) {
            return;
        }
        int served;
        do {
            served = looksWanted.get();
            try {
                takeAll();
            } catch (RuntimeException | Error failure) {
                due = true;
                failures.failed("Accounts of other servers are looked for later", failure);
            }
        } while (looksWanted.addAndGet(-served) > 0);
    }

    private void takeAll() {
        if (work.isEmpty() || own.isClosed()) {
            return;
        }
        if (!own.isInTouch()) {
            due = true; // again as soon as it is
            return;
        }
        remember(() -> database.read(tx -> new AccountLeaseStore(tx).of(nodes.id())));
        List<AccountId> taken;
        do {
            taken = remember(() -> database.write(this::takeSome));
        } while (!taken.isEmpty() && !own.isClosed() && own.isInTouch());
        // What another transaction holds was left out: the one of a node that died ends in a moment.
        if (database.read(tx -> new AccountLeaseStore(tx).hasFree(Nodes.aliveSince(new NodeStore(tx).now())))) {
            due = true;
        }
    }

    private List<AccountId> takeSome(Tx tx) {
        Instant now = new NodeStore(tx).now();
        return new AccountLeaseStore(tx).takeFree(nodes.id(), now, Nodes.aliveSince(now), TAKEN_AT_ONCE);
    }

    private List<AccountId> remember(Supplier<List<AccountId>> reading) {
        return own.remember(reading, coming -> threads.execute(() -> settleIn(coming)));
    }

    /// Takes an account that no living node has.
    ///
    /// @return the node that has it now, which may be another one
    Optional<UUID> takeOrFind(AccountId account) {
        var holder = new AtomicReference<Optional<UUID>>(Optional.empty());
        remember(() -> {
            holder.set(database.write(tx -> !own.isClosed() && take(tx, account)
                    ? Optional.of(nodes.id())
                    : new AccountLeaseStore(tx).holder(account)));
            return holder.get().equals(Optional.of(nodes.id())) ? List.of(account) : List.of();
        });
        return holder.get();
    }

    private boolean take(Tx tx, AccountId account) {
        Instant now = new NodeStore(tx).now();
        return new AccountLeaseStore(tx).take(account, nodes.id(), now, Nodes.aliveSince(now));
    }

    /// Many accounts of a server that died come at once, so that their mending costs the same as that of one.
    private void settleIn(List<AccountId> accounts) {
        try {
            work.ifPresent(doing -> doing.prepare(accounts));
        } catch (RuntimeException failure) {
            if (accounts.size() > 1) { // one of them may be what fails
                accounts.forEach(account -> settleIn(List.of(account)));
                return;
            }
            failures.failed(
                    "What another server has left of an account could not be mended; it is tried again", failure);
            accounts.forEach(own::forget);
            due = true;
            return;
        }
        accounts.stream().filter(own::arrived).forEach(account -> {
            work.ifPresent(doing -> doing.begin(account));
            onCame.forEach(listener -> listener.accept(account));
        });
    }
}
