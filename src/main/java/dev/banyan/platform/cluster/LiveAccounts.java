package dev.banyan.platform.cluster;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Overloaded;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Which node does the live work of an account. A row per account names it; it counts as long as that node is seen, so
/// one transaction per node and second keeps all of them. All numbers of an account live on one node, because
/// they stand in for each other and share queues; accounts are what nodes share evenly.
///
/// [OwnAccounts] knows those of this node, [AccountIntake] takes them, [AccountMoves] gives them away.
@Singleton
public final class LiveAccounts implements Recurring {

    /// How long a node is remembered that has an account. It is forgotten sooner if it is gone, gives the account away,
    /// or says that it does not have it.
    private static final Duration KNOWN_FOR = Duration.ofSeconds(10);

    private static final Duration ASKED_EVERY = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 50;
    private static final int BALANCED_EVERY = 5;
    private static final int LOOKED_EVERY = 10;

    private static final Logger LOG = Logger.getLogger(LiveAccounts.class);

    private final Nodes nodes;
    private final OwnAccounts own;
    private final AccountIntake intake;
    private final AccountMoves moves;
    private final Cache<AccountId, UUID> elsewhere =
            Caffeine.newBuilder().expireAfterWrite(KNOWN_FOR).build();
    /// Accounts of which the database was just asked who has them.
    private final Cache<AccountId, Boolean> asked =
            Caffeine.newBuilder().expireAfterWrite(ASKED_EVERY).build();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("accounts-", 0).factory());
    private volatile boolean ended;
    private int round;

    LiveAccounts(Nodes nodes, Database database, OtherNodes others, Clock clock) {
        var failures = new RepeatedFailures(LOG, clock);
        this.nodes = nodes;
        this.own = new OwnAccounts(nodes::isSettled, nodes::cutOffs);
        this.intake = new AccountIntake(own, nodes, database, threads, failures);
        this.moves = new AccountMoves(own, nodes, database, others, intake, threads, failures);
        nodes.onGone(intake::lookSoon);
    }

    /// For tests of a single server.
    public static LiveAccounts onOneServer(Database database, Clock clock) {
        return new LiveAccounts(Nodes.alone(), database, OtherNodes.NONE, clock);
    }

    /// Takes what no other node does. Called once, when this node is ready for it; on a single server nothing
    /// happens, because everything is its own.
    public void begin(LiveWork all) {
        if (nodes.isCluster()) {
            moves.begin(all);
            intake.begin(all);
        }
    }

    /// Returns whether this node does the live work of an account right now. Costs nothing.
    public boolean isOurs(AccountId account) {
        return !nodes.isCluster() || own.isHere(account);
    }

    /// Returns whether this node may still end what it has begun for an account: it is its own, or on its way to
    /// another node that waits for that.
    public boolean mayFinish(AccountId account) {
        return !nodes.isCluster() || own.has(account);
    }

    /// Returns whether this node should do something for an account that needs doing: the account is its own, or
    /// no node has it, and this is the one that looks after those.
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
            Optional<UUID> holder = own.knows(account) ? Optional.empty() : holder(account);
            if (holder.isPresent()) {
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

    /// @return another living node, as far as that is known
    private Optional<UUID> holder(AccountId account) {
        Optional<UUID> known =
                Optional.ofNullable(elsewhere.getIfPresent(account)).filter(nodes::isLive);
        if (known.isPresent() || !own.isInTouch() || !isFirstToAsk(account)) {
            return known;
        }
        Optional<UUID> holder = intake.takeOrFind(account).filter(node -> !node.equals(nodes.id()));
        holder.ifPresent(node -> {
            asked.invalidate(account);
            elsewhere.put(account, node);
        });
        return holder;
    }

    /// Many may wait for an account that moves, one for each message: one of them asks the database for all, and leaves
    /// it to those that move it.
    private boolean isFirstToAsk(AccountId account) {
        return asked.asMap().putIfAbsent(account, true) == null;
    }

    /// Forgets which node has an account, because that one did not do what it was asked.
    public void doubt(AccountId account) {
        elsewhere.invalidate(account);
    }

    /// @param listener told of each account whose work has come to this node
    public void onCame(Consumer<AccountId> listener) {
        intake.onCame(listener);
    }

    @Override
    public Job job() {
        return Job.scheduled(
                        "1s", "1s", "share-accounts", "Shares the accounts’ numbers among the servers.", this::tick)
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
        if (round % BALANCED_EVERY == 0) {
            moves.balance();
        }
    }

    boolean isLooking() {
        return intake.isLooking();
    }

    void moved(@Observes LeaseMoved news) {
        elsewhere.invalidate(news.account());
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
