package dev.banyan.platform.cluster;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Overloaded;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Which node does the live work of a pool. A row per pool names it; it counts as long as that node is seen, so one
/// transaction per node and second keeps all of them. All numbers of a pool live on one node, because they stand in
/// for each other and share a queue; an account's pools are spread, so that each node has its share of the numbers.
///
/// [OwnPools] knows those of this node, [PoolIntake] takes them, [PoolMoves] gives them away.
@Singleton
public final class LivePools implements Recurring {

    /// How long a node is remembered that has a pool. It is forgotten sooner if it is gone, gives the pool away,
    /// or says that it does not have it.
    private static final Duration KNOWN_FOR = Duration.ofSeconds(10);

    private static final Duration ASKED_EVERY = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 50;
    private static final int LOOKED_EVERY = 10;
    private final Nodes nodes;
    private final OtherNodes others;
    private final OwnPools own;
    private final PoolIntake intake;
    private final PoolMoves moves;
    private final Cache<LivePool, UUID> elsewhere =
            Caffeine.newBuilder().expireAfterWrite(KNOWN_FOR).build();
    /// Pools of which the database was just asked who has them.
    private final Cache<LivePool, Boolean> asked =
            Caffeine.newBuilder().expireAfterWrite(ASKED_EVERY).build();
    /// What is being told to the servers that have the pools, once they are known.
    private final Set<News> telling = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("pools-", 0).factory());
    private volatile boolean ended;
    private int round;

    LivePools(Nodes nodes, Database database, OtherNodes others, Clock clock) {
        var failures = new RepeatedFailures(LivePools.class, clock);
        this.nodes = nodes;
        this.others = others;
        this.own = new OwnPools(nodes::isSettled, nodes::cutOffs);
        this.intake = new PoolIntake(own, nodes, database, threads, failures);
        this.moves = new PoolMoves(own, nodes, database, others, intake, threads, failures);
        nodes.onGone(intake::lookSoon);
    }

    /// For tests of a single server.
    public static LivePools onOneServer(Database database, Clock clock) {
        return new LivePools(Nodes.alone(), database, OtherNodes.NONE, clock);
    }

    /// Takes what no other node does. Called once, when this node is ready for it; on a single server nothing
    /// happens, because everything is its own.
    public void begin(LiveWork all) {
        if (nodes.isCluster()) {
            moves.begin(all);
            intake.begin(all);
        }
    }

    /// Returns whether this node does the live work of a pool right now. Costs nothing.
    public boolean isOurs(LivePool pool) {
        return !nodes.isCluster() || own.isHere(pool);
    }

    /// Returns whether this node may still end what it has begun for a pool: it is its own, or on its way to
    /// another node that waits for that.
    public boolean mayFinish(LivePool pool) {
        return !nodes.isCluster() || own.has(pool);
    }

    /// Returns whether this server shares its database with no other, so that all pools are its own.
    public boolean isAlone() {
        return !nodes.isCluster();
    }

    /// Returns whether this node does the live work of one of an account's pools.
    public boolean hasSome(AccountId account) {
        return !nodes.isCluster() || own.hasSome(account);
    }

    /// Returns whether this node looks after what no node has.
    public boolean looksAfterTheRest() {
        return nodes.isOurs();
    }

    /// Returns those of these pools for which this node should do what needs doing: its own, and on the one that
    /// looks after them those that no node has.
    public Set<LivePool> forUs(Collection<LivePool> pools) {
        Set<LivePool> ours = pools.stream().filter(this::isOurs).collect(Collectors.toSet());
        if (!nodes.isCluster() || !nodes.isOurs()) {
            return ours;
        }
        List<LivePool> unknown = pools.stream()
                .filter(pool -> !ours.contains(pool) && !own.knows(pool) && !isKnown(pool))
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            elsewhere.putAll(intake.find(unknown)); // of many pools hardly any is no one's
            unknown.stream()
                    .filter(pool -> !isKnown(pool) && elsewhere(pool).isEmpty())
                    .forEach(ours::add);
        }
        return ours;
    }

    private boolean isKnown(LivePool pool) {
        return known(pool).isPresent();
    }

    private Optional<UUID> known(LivePool pool) {
        return Optional.ofNullable(elsewhere.getIfPresent(pool)).filter(nodes::isLive);
    }

    /// Returns the node that does the live work of a pool; empty if it is this one. A pool that no living node
    /// has is taken.
    ///
    /// @throws Overloaded if it is moving for longer than is normal
    public Optional<UUID> elsewhere(LivePool pool) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            if (isOurs(pool)) {
                return Optional.empty();
            }
            Optional<UUID> holder = own.knows(pool) ? Optional.empty() : holder(pool);
            if (holder.isPresent()) {
                return holder;
            }
            if (ended || System.nanoTime() > until) {
                throw new Overloaded(
                        "These numbers are moving to another server. Try again in a few seconds.", PATIENCE);
            }
            if (!isOurs(pool)) {
                pause();
            }
        }
    }

    /// Tells the node that has a pool, in the background: once for all that say the same while a pool moves. If no node
    /// gets it in time, none is told; the one that gets it later looks for what waits.
    ///
    /// @param here what is done if it is this node
    public void tell(LivePool pool, News news, Runnable here) {
        if (telling.add(news)) {
            Thread.startVirtualThread(() -> tellHolder(pool, news, here));
        }
    }

    private void tellHolder(LivePool pool, News news, Runnable here) {
        Optional<UUID> holder;
        try {
            holder = elsewhere(pool);
        } catch (Overloaded | DatabaseUnavailable failure) {
            Log.debugf("The server of pool %s is not known: %s", pool, failure.getMessage());
            return;
        } finally {
            telling.remove(news); // before it is told: whoever comes after this is not covered by it
        }
        if (holder.isPresent()) {
            others.tell(news);
        } else {
            here.run();
        }
    }

    /// @return another living node, as far as that is known
    private Optional<UUID> holder(LivePool pool) {
        Optional<UUID> known = known(pool);
        if (known.isPresent() || !own.isInTouch() || !isFirstToAsk(pool)) {
            return known;
        }
        Optional<UUID> holder = intake.takeOrFind(pool).filter(node -> !node.equals(nodes.id()));
        holder.ifPresent(node -> {
            asked.invalidate(pool);
            elsewhere.put(pool, node);
        });
        return holder;
    }

    /// Many may wait for a pool that moves, one for each message: one of them asks the database for all, and leaves
    /// it to those that move it.
    private boolean isFirstToAsk(LivePool pool) {
        return asked.asMap().putIfAbsent(pool, true) == null;
    }

    /// Forgets which node has a pool, because that one did not do what it was asked.
    public void doubt(LivePool pool) {
        elsewhere.invalidate(pool);
    }

    /// @param listener told of the pools whose work has come to this node
    public void onCame(Consumer<List<LivePool>> listener) {
        intake.onCame(listener);
    }

    @Override
    public Job job() {
        return Job.scheduled("1s", "1s", "take-pools", "Takes the numbers of servers that are gone.", this::tick)
                .onEachServer();
    }

    void tick() {
        if (!nodes.isCluster() || own.isClosed()) {
            return;
        }
        if (!own.isInTouch()) {
            intake.lookLater();
            moves.lose();
            return;
        }
        round++;
        if (round % LOOKED_EVERY == 0) {
            intake.lookLater();
        }
        intake.lookIfDue();
    }

    /// Gives some pools to another server, if this one has more than its share of the numbers.
    void balance() {
        if (nodes.isCluster() && !own.isClosed() && own.isInTouch()) {
            moves.balance();
        }
    }

    boolean isLooking() {
        return intake.isLooking();
    }

    void moved(@Observes LeaseMoved news) {
        elsewhere.invalidate(news.pool());
        if (news.to().isEmpty() || news.to().get().equals(nodes.id())) {
            intake.lookSoon();
        }
    }

    /// Hands everything over to the others as soon as it is known that this server stops: it still answers requests
    /// meanwhile, and no number waits for their end.
    void atStop(@Observes @Priority(1) ShutdownDelayInitiatedEvent event) {
        own.close();
        if (nodes.isCluster()) {
            moves.giveAll();
        }
    }

    /// Waits until all is handed over, while the numbers and the database still work.
    void atShutdown(@Observes @Priority(0) ShutdownEvent event) {
        own.close();
        ended = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                Log.warn("Some pools could not be handed over; other servers take them when this one is gone");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Overloaded("The server is stopping. Try again.", PATIENCE);
        }
    }
}
