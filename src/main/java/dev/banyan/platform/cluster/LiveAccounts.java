package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Overloaded;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Which accounts' live work this node does. A row per account names the node; it counts as long as that node is seen,
/// so one transaction per node and second keeps all of them. All numbers of an account live on one node, because
/// they stand in for each other and share queues; accounts are what nodes share evenly.
@Singleton
public final class LiveAccounts implements Recurring {

    /// A node gets accounts of others only when it has run this long: it may still be starting.
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(10);

    /// How long a node is remembered that has an account. It is forgotten sooner if it is gone, gives the account away,
    /// or says that it does not have it.
    private static final Duration KNOWN_FOR = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 50;
    private static final Duration ASKED_EVERY = Duration.ofMillis(250);
    private static final int TAKEN_AT_ONCE = 20;
    private static final int BALANCED_EVERY = 5;
    private static final int LOOKED_EVERY = 10;
    /// At most one of so many accounts is moved at a time, and always one.
    private static final int GENTLY = 50;

    private static final Logger LOG = Logger.getLogger(LiveAccounts.class);

    private enum State {
        COMING,
        HERE,
        LEAVING
    }

    private record Elsewhere(UUID node, long at) {
        boolean isYoung() {
            return System.nanoTime() - at < KNOWN_FOR.toNanos();
        }
    }

    private final Nodes nodes;
    private final Database database;
    private final OtherNodes others;
    private final RepeatedFailures failures;
    private final Map<AccountId, State> ours = new ConcurrentHashMap<>();
    private final Map<AccountId, Elsewhere> elsewhere = new ConcurrentHashMap<>();
    /// When the database was last asked who has an account, by [System#nanoTime].
    private final Map<AccountId, Long> asked = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("accounts-", 0).factory());
    private final List<Consumer<AccountId>> onCame = new CopyOnWriteArrayList<>();
    /// Held shared from reading what is this node's until it is remembered, and alone while an account is given away:
    /// otherwise one could be remembered that has just been given to another node.
    private final ReadWriteLock giving = new ReentrantReadWriteLock();
    /// How often was asked to look for accounts since the last look began.
    private final AtomicInteger looksWanted = new AtomicInteger();
    private volatile Optional<LiveWork> work = Optional.empty();
    private volatile boolean stopping;
    private volatile boolean ended;
    /// [Nodes#cutOffs] when it last began to take accounts; what it took before is not its own any more.
    private volatile long era;

    /// Whether the next tick has to look: what is ours may have changed, or the last look failed.
    private volatile boolean due;
    private int round;

    LiveAccounts(Nodes nodes, Database database, OtherNodes others, Clock clock) {
        this.nodes = nodes;
        this.database = database;
        this.others = others;
        this.failures = new RepeatedFailures(LOG, clock);
        nodes.onGone(this::lookSoon);
    }

    /// For tests of a single server.
    public static LiveAccounts onOneServer(Database database, Clock clock) {
        return new LiveAccounts(Nodes.alone(), database, OtherNodes.NONE, clock);
    }

    /// Takes what no other node does. Called once, when this node is ready for it; on a single server nothing
    /// happens, because everything is its own.
    public void begin(LiveWork all) {
        work = Optional.of(all);
        if (nodes.isCluster()) {
            List<AccountId> accounts = all.accounts();
            database.write(tx -> {
                new AccountLeaseStore(tx).add(accounts);
                return true;
            });
            lookSoon();
        }
    }

    /// Returns whether this node does the live work of an account right now. Costs nothing.
    public boolean isOurs(AccountId account) {
        return !nodes.isCluster() || ours.get(account) == State.HERE && isInTouch();
    }

    /// Returns whether this node may still end what it has begun for an account: it is its own, or on its way to
    /// another node that waits for that.
    public boolean mayFinish(AccountId account) {
        return !nodes.isCluster() || ours.containsKey(account) && isInTouch();
    }

    private boolean isInTouch() {
        return nodes.isSettled() && nodes.cutOffs() == era;
    }

    /// Returns whether this node should do something for an account that needs doing: the account is its own, or
    /// nobody's, and this is the node that looks after those.
    public boolean isForUs(AccountId account) {
        return isOurs(account) || nodes.isOurs() && elsewhere(account).isEmpty();
    }

    /// Returns the node that does the live work of an account; empty if it is this one. An account that no living node
    /// has is taken.
    ///
    /// @throws Overloaded if it is moving for longer than is normal
    public Optional<UUID> elsewhere(AccountId account) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            if (isOurs(account)) {
                return Optional.empty();
            }
            Elsewhere known = elsewhere.get(account);
            if (known != null && known.isYoung() && nodes.isLive(known.node())) {
                return Optional.of(known.node());
            }
            boolean isMoving = ours.containsKey(account) || !isInTouch();
            Optional<UUID> holder = isMoving || !isFirstToAsk(account) ? Optional.empty() : takeOrFind(account);
            if (holder.isPresent() && !holder.get().equals(nodes.id())) {
                asked.remove(account);
                elsewhere.put(account, new Elsewhere(holder.get(), System.nanoTime()));
                return holder;
            }
            if (ended || System.nanoTime() > until) {
                throw new Overloaded(
                        "These numbers are moving to another server. Try again in a few seconds.", PATIENCE);
            }
            if (!isOurs(account)) {
                pause();
            }
        }
    }

    /// Many may wait for an account that moves, one for each message: one of them asks the database for all, and leaves
    /// it to those that move it.
    private boolean isFirstToAsk(AccountId account) {
        long now = System.nanoTime();
        Long last = asked.putIfAbsent(account, now);
        return last == null || now - last > ASKED_EVERY.toNanos() && asked.replace(account, last, now);
    }

    /// Forgets which node has an account, because that one did not do what it was asked.
    public void doubt(AccountId account) {
        elsewhere.remove(account);
    }

    private Optional<UUID> takeOrFind(AccountId account) {
        giving.readLock().lock();
        try {
            Optional<UUID> holder = database.write(tx -> !stopping && take(tx, account)
                    ? Optional.of(nodes.id())
                    : new AccountLeaseStore(tx).holder(account));
            if (!stopping && holder.equals(Optional.of(nodes.id()))) {
                came(List.of(account));
            }
            return holder;
        } finally {
            giving.readLock().unlock();
        }
    }

    private boolean take(Tx tx, AccountId account) {
        Instant now = new NodeStore(tx).now();
        return new AccountLeaseStore(tx).take(account, nodes.id(), now, Nodes.aliveSince(now));
    }

    private void came(List<AccountId> accounts) {
        List<AccountId> coming = accounts.stream()
                .filter(account -> ours.putIfAbsent(account, State.COMING) == null)
                .toList();
        if (!coming.isEmpty()) {
            coming.forEach(elsewhere::remove);
            coming.forEach(asked::remove);
            threads.execute(() -> settleIn(coming));
        }
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
            accounts.forEach(ours::remove);
            due = true;
            return;
        }
        accounts.stream()
                .filter(account -> ours.replace(account, State.COMING, State.HERE))
                .forEach(account -> {
                    work.ifPresent(doing -> doing.begin(account));
                    onCame.forEach(listener -> listener.accept(account));
                });
    }

    /// @param listener told of each account whose work has come to this node
    public void onCame(Consumer<AccountId> listener) {
        onCame.add(listener);
    }

    @Override
    public Job job() {
        return Job.scheduled(
                        "1s", "1s", "share-accounts", "Shares the accounts’ numbers among the servers.", this::tick)
                .onEachServer();
    }

    void tick() {
        if (!nodes.isCluster() || stopping) {
            return;
        }
        if (!isInTouch()) {
            due = true;
            lostAll();
            return;
        }
        round++;
        if (due || round % LOOKED_EVERY == 0) {
            due = false;
            lookSoon();
        }
        if (round % BALANCED_EVERY == 0) {
            balance();
        }
    }

    private void lookSoon() {
        threads.execute(this::look);
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

    /// Whether it looks for accounts right now; what a look has found out is known when it ends.
    boolean isLooking() {
        return looksWanted.get() > 0;
    }

    /// Takes the accounts that were given to this node, and those that no living node has.
    private void takeAll() {
        if (work.isEmpty() || stopping) {
            return;
        }
        if (!isInTouch()) {
            due = true; // again as soon as it is
            return;
        }
        remember(() -> database.read(tx -> new AccountLeaseStore(tx).of(nodes.id())));
        boolean more;
        do {
            more = remember(() -> database.write(this::takeSome));
        } while (more && !stopping && isInTouch());
        // What another transaction holds was left out: perhaps that of the node that died, which ends in a moment.
        if (database.read(tx -> new AccountLeaseStore(tx).hasFree(Nodes.aliveSince(new NodeStore(tx).now())))) {
            due = true;
        }
    }

    /// @return whether there are any
    private boolean remember(Supplier<List<AccountId>> reading) {
        giving.readLock().lock();
        try {
            List<AccountId> accounts = reading.get();
            came(accounts);
            return !accounts.isEmpty();
        } finally {
            giving.readLock().unlock();
        }
    }

    private List<AccountId> takeSome(Tx tx) {
        Instant now = new NodeStore(tx).now();
        return new AccountLeaseStore(tx).takeFree(nodes.id(), now, Nodes.aliveSince(now), TAKEN_AT_ONCE);
    }

    void moved(@Observes LeaseMoved news) {
        elsewhere.remove(news.account());
        if (news.to().isEmpty() || news.to().get().equals(nodes.id())) {
            lookSoon();
        }
    }

    /// Gives some accounts to the node that has the fewest, if this one has more than its share.
    private void balance() {
        List<Node> settled = settled();
        if (settled.isEmpty()) {
            return;
        }
        Map<UUID, Integer> counts = database.read(tx -> new AccountLeaseStore(tx).counts());
        UUID least = least(settled, counts).id();
        int mine = ours.size();
        int share = (mine
                        + settled.stream()
                                .mapToInt(node -> counts.getOrDefault(node.id(), 0))
                                .sum())
                / (settled.size() + 1);
        if (mine - counts.getOrDefault(least, 0) < 2 || mine <= share) {
            return;
        }
        ours.keySet().stream()
                .filter(account -> isOurs(account)
                        && work.filter(doing -> doing.isBusy(account)).isEmpty())
                .limit(Math.min(mine - share, Math.max(1, mine / GENTLY)))
                .toList()
                .forEach(account -> leave(account, Optional.of(least)));
    }

    /// Returns the other nodes that can take accounts.
    private List<Node> settled() {
        return nodes.live().stream()
                .filter(node -> !node.id().equals(nodes.id())
                        && node.startedAt().plus(SETTLED_AFTER).isBefore(node.seenAt()))
                .toList();
    }

    private static Node least(List<Node> settled, Map<UUID, Integer> counts) {
        return settled.stream()
                .min(Comparator.comparing(node -> counts.getOrDefault(node.id(), 0)))
                .orElseThrow();
    }

    private void leave(AccountId account, Optional<UUID> to) {
        if (!ours.replace(account, State.HERE, State.LEAVING)) {
            return;
        }
        try {
            work.ifPresent(doing -> doing.end(account));
            give(account, to);
            others.tell(new LeaseMoved(account, to));
        } catch (RuntimeException failure) {
            ours.remove(account);
            due = true;
            failures.failed("An account could not be given to another server; it stays here", failure);
        }
    }

    private void give(AccountId account, Optional<UUID> to) {
        giving.writeLock().lock();
        try {
            database.write(tx -> {
                new AccountLeaseStore(tx).give(account, nodes.id(), to);
                return true;
            });
            ours.remove(account);
        } finally {
            giving.writeLock().unlock();
        }
    }

    /// Others have what was ours, because they have not seen this node for too long.
    private void lostAll() {
        List<AccountId> lost = new ArrayList<>(ours.keySet());
        ours.clear();
        era = nodes.cutOffs();
        work.ifPresent(doing -> lost.forEach(account -> threads.execute(() -> doing.end(account))));
    }

    /// Hands everything over to the others as soon as it is known that this server stops: it still answers requests
    /// meanwhile, and nobody's number waits for their end.
    void atStop(@Observes @Priority(1) ShutdownDelayInitiatedEvent event) {
        stopping = true;
        if (nodes.isCluster()) {
            List<UUID> to = settled().stream().map(Node::id).toList();
            int next = 0;
            for (AccountId account : ours.keySet()) {
                Optional<UUID> other = to.isEmpty() ? Optional.empty() : Optional.of(to.get(next++ % to.size()));
                threads.execute(() -> leave(account, other));
            }
        }
    }

    /// Waits until all is handed over, while the numbers and the database still work.
    void atShutdown(@Observes @Priority(0) ShutdownEvent event) {
        stopping = true;
        ended = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Some accounts could not be handed over; other servers take them when this one is gone");
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
