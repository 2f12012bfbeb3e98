package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;

/// Gives pools to other nodes: some if this one has more than its share of the numbers, all when it stops.
final class PoolMoves {

    /// A node gets pools of others only when it has run this long: it may still be starting.
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(10);
    /// At most one of so many numbers is moved at a time, and always one pool.
    private static final int GENTLY = 50;

    private final OwnPools own;
    private final Nodes nodes;
    private final Database database;
    private final OtherNodes others;
    private final PoolIntake intake;
    private final Executor threads;
    private final RepeatedFailures failures;
    private volatile Optional<LiveWork> work = Optional.empty();
    /// How many numbers the own pools had when that was last stored.
    private volatile Map<LivePool, Integer> sizes = Map.of();

    PoolMoves(
            OwnPools own,
            Nodes nodes,
            Database database,
            OtherNodes others,
            PoolIntake intake,
            Executor threads,
            RepeatedFailures failures) {
        this.own = own;
        this.nodes = nodes;
        this.database = database;
        this.others = others;
        this.intake = intake;
        this.threads = threads;
        this.failures = failures;
    }

    void begin(LiveWork all) {
        work = Optional.of(all);
    }

    /// Gives some pools to the node that has the fewest numbers, if this one has more than its share.
    void balance() {
        work.ifPresent(this::measure);
        List<Node> settled = settled();
        if (settled.isEmpty()) {
            return;
        }
        Map<UUID, Integer> numbers = database.read(tx -> new PoolLeaseStore(tx).numbers());
        UUID least = least(settled, numbers).id();
        int all = settled.stream()
                .mapToInt(node -> numbers.getOrDefault(node.id(), 0))
                .sum();
        surplus(
                        sizes,
                        all,
                        numbers.getOrDefault(least, 0),
                        settled.size(),
                        pool -> own.isHere(pool)
                                && work.filter(doing -> doing.isBusy(pool)).isEmpty())
                .forEach(pool -> leave(pool, Optional.of(least)));
    }

    /// Finds out how many numbers each of its pools has, and lets go of those that don't exist any more.
    private void measure(LiveWork doing) {
        Set<LivePool> pools = Set.copyOf(own.all());
        if (pools.isEmpty()) {
            sizes = Map.of();
            return;
        }
        Map<LivePool, Integer> known =
                doing.pools(Optional.of(pools.stream().map(LivePool::account).collect(Collectors.toSet())));
        Map<LivePool, Integer> now =
                pools.stream().filter(known::containsKey).collect(Collectors.toMap(Function.identity(), known::get));
        Map<LivePool, Integer> before = sizes;
        Map<LivePool, Integer> changed = now.entrySet().stream()
                .filter(one -> !one.getValue().equals(before.get(one.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (!changed.isEmpty()) {
            database.write(tx -> {
                changed.forEach(new PoolLeaseStore(tx)::resize);
                return true;
            });
        }
        sizes = now;
        pools.stream()
                .filter(pool -> !known.containsKey(pool))
                .forEach(pool -> leave(pool, tx -> new PoolLeaseStore(tx).remove(pool, nodes.id())));
    }

    /// Returns the pools to give away now, the smallest first: so many that this node keeps its share, the other one
    /// gets no more than this one keeps, and hardly any number moves.
    ///
    /// @param sizes how many numbers each of its pools has
    /// @param others how many numbers the others have
    /// @param fewest how many the one has that gets them
    /// @param isFree whether a pool may move now
    static List<LivePool> surplus(
            Map<LivePool, Integer> sizes, int others, int fewest, int nodes, Predicate<LivePool> isFree) {
        int mine = sizes.values().stream().mapToInt(Integer::intValue).sum();
        int most = Math.min(mine - (mine + others) / (nodes + 1), (mine - fewest) / 2);
        var going = new ArrayList<LivePool>();
        int moved = 0;
        for (Map.Entry<LivePool, Integer> one :
                sizes.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList()) {
            int after = moved + one.getValue();
            if (after > most || !going.isEmpty() && after > mine / GENTLY) {
                break;
            }
            if (isFree.test(one.getKey())) {
                going.add(one.getKey());
                moved = after;
            }
        }
        return going;
    }

    /// Returns the other nodes that can take pools.
    private List<Node> settled() {
        return nodes.live().stream()
                .filter(node -> !node.id().equals(nodes.id())
                        && node.startedAt().plus(SETTLED_AFTER).isBefore(node.seenAt()))
                .toList();
    }

    private static Node least(List<Node> settled, Map<UUID, Integer> numbers) {
        return settled.stream()
                .min(Comparator.comparing(node -> numbers.getOrDefault(node.id(), 0)))
                .orElseThrow();
    }

    private void leave(LivePool pool, Optional<UUID> to) {
        if (leave(pool, tx -> new PoolLeaseStore(tx).give(pool, nodes.id(), living(to)))) {
            others.tell(new LeaseMoved(pool, living(to)));
        }
        if (living(to).isEmpty()) {
            intake.lookLater();
        }
    }

    /// A node may die while results are waited for: nobody would look for pools that it gets after that.
    private Optional<UUID> living(Optional<UUID> node) {
        return node.filter(nodes::isLive);
    }

    /// @return false if it stays here
    private boolean leave(LivePool pool, Consumer<Tx> going) {
        if (!own.leaves(pool)) {
            return false;
        }
        try {
            work.ifPresent(doing -> doing.end(pool));
            own.give(
                    pool,
                    () -> database.write(tx -> {
                        going.accept(tx);
                        return true;
                    }));
            return true;
        } catch (RuntimeException failure) {
            own.forget(pool);
            intake.lookLater();
            failures.failed("A pool could not be given to another server; it stays here", failure);
            return false;
        }
    }

    /// Ends the work of pools that others have, because they have not seen this node for too long.
    void lose() {
        List<LivePool> lost = own.lose();
        work.ifPresent(doing -> lost.forEach(pool -> threads.execute(() -> doing.end(pool))));
    }

    /// Hands everything over to the others, in turns.
    void giveAll() {
        List<UUID> to = settled().stream().map(Node::id).toList();
        int next = 0;
        for (LivePool pool : own.all()) {
            Optional<UUID> other = to.isEmpty() ? Optional.empty() : Optional.of(to.get(next++ % to.size()));
            threads.execute(() -> leave(pool, other));
        }
    }
}
