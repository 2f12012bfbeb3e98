package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;

/// Takes the pools that were given to this node and those that no living node has, and begins their work.
final class PoolIntake {

    private static final int TAKEN_AT_ONCE = 20;

    private final OwnPools own;
    private final Nodes nodes;
    private final Database database;
    private final Executor threads;
    private final RepeatedFailures failures;
    private final List<Consumer<List<LivePool>>> onCame = new CopyOnWriteArrayList<>();
    /// How often was asked to look for pools since the last look began.
    private final AtomicInteger looksWanted = new AtomicInteger();
    private volatile Optional<LiveWork> work = Optional.empty();
    /// Whether to look soon: what is this node's may have changed, or the last look failed.
    private volatile boolean due;

    PoolIntake(OwnPools own, Nodes nodes, Database database, Executor threads, RepeatedFailures failures) {
        this.own = own;
        this.nodes = nodes;
        this.database = database;
        this.threads = threads;
        this.failures = failures;
    }

    void begin(LiveWork all) {
        work = Optional.of(all);
        Map<LivePool, Integer> pools = all.pools(Optional.empty());
        database.write(tx -> {
            new PoolLeaseStore(tx).add(pools);
            return true;
        });
        lookSoon();
    }

    void onCame(Consumer<List<LivePool>> listener) {
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

    /// Returns whether it looks for pools right now; what a look has found out is known when it ends.
    boolean isLooking() {
        return looksWanted.get() > 0;
    }

    /// Looks for pools, and once more if that was asked for meanwhile: what was given away after a look has read it
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
                failures.failed("Pools of other servers are looked for later", failure);
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
        remember(() -> database.read(tx -> new PoolLeaseStore(tx).of(nodes.id())));
        List<LivePool> taken;
        do {
            taken = remember(() -> database.write(this::takeSome));
        } while (!taken.isEmpty() && !own.isClosed() && own.isInTouch());
        // What another transaction holds was left out: the one of a node that died ends in a moment.
        if (database.read(tx -> new PoolLeaseStore(tx).hasFree(Nodes.aliveSince(new NodeStore(tx).now())))) {
            due = true;
        }
    }

    private List<LivePool> takeSome(Tx tx) {
        Instant now = new NodeStore(tx).now();
        return new PoolLeaseStore(tx).takeFree(nodes.id(), now, Nodes.aliveSince(now), TAKEN_AT_ONCE);
    }

    private List<LivePool> remember(Supplier<List<LivePool>> reading) {
        return own.remember(reading, coming -> threads.execute(() -> settleIn(coming)));
    }

    /// Returns the nodes that have these pools, whether they live or not.
    Map<LivePool, UUID> find(Collection<LivePool> pools) {
        return database.read(tx -> new PoolLeaseStore(tx).holders(pools));
    }

    /// Takes a pool that no living node has.
    ///
    /// @return the node that has it now, which may be another one
    Optional<UUID> takeOrFind(LivePool pool) {
        var holder = new AtomicReference<Optional<UUID>>(Optional.empty());
        remember(() -> {
            holder.set(database.write(tx ->
                    !own.isClosed() && take(tx, pool) ? Optional.of(nodes.id()) : new PoolLeaseStore(tx).holder(pool)));
            return holder.get().equals(Optional.of(nodes.id())) ? List.of(pool) : List.of();
        });
        return holder.get();
    }

    private boolean take(Tx tx, LivePool pool) {
        Instant now = new NodeStore(tx).now();
        return new PoolLeaseStore(tx).take(pool, nodes.id(), now, Nodes.aliveSince(now));
    }

    /// Many pools of a server that died come at once, so that their mending costs the same as that of one.
    private void settleIn(List<LivePool> pools) {
        try {
            work.ifPresent(doing -> doing.prepare(pools));
        } catch (RuntimeException failure) {
            if (pools.size() > 1) { // one of them may be what fails
                pools.forEach(pool -> settleIn(List.of(pool)));
                return;
            }
            failures.failed("What another server has left of a pool could not be mended; it is tried again", failure);
            pools.forEach(own::forget);
            due = true;
            return;
        }
        List<LivePool> came = pools.stream().filter(own::arrived).toList();
        if (!came.isEmpty()) {
            work.ifPresent(doing -> doing.begin(came));
            onCame.forEach(listener -> listener.accept(came));
        }
    }
}
