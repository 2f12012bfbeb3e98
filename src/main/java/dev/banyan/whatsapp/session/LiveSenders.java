package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.LiveAccounts;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.messages.Claims;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/// Access to the live entities by key: one for each sender that is linked or being linked, one for each pool that has
/// messages to send. With several servers, those of an account are all on the one that has the account.
@Singleton
public final class LiveSenders {

    private static final int LOCKS = 64;

    private record Regions(
            ActorRef<EntityRegion.Message<SenderEntity.Command>> senders,
            ActorRef<EntityRegion.Message<PoolEntity.Command>> pools) {}

    private final Actors actors;
    private final LiveAccounts accounts;
    private final OtherNodes others;
    private final Database database;
    private final SenderSession session;
    private final Claims claims;
    private final Timers timers;
    private final Clock clock;
    /// Numbers that are connected here, or being linked, as far as was asked for.
    private final Map<SenderKey, DriverKind> opened = new ConcurrentHashMap<>();
    /// Each for some of the pools.
    private final List<ReadWriteLock> checking = Stream.<ReadWriteLock>generate(ReentrantReadWriteLock::new)
            .limit(LOCKS)
            .toList();
    private volatile Optional<Regions> regions = Optional.empty();
    private volatile boolean stopping;

    public LiveSenders(
            Actors actors,
            LiveAccounts accounts,
            OtherNodes others,
            Database database,
            SenderSession session,
            Claims claims,
            Timers timers,
            Clock clock) {
        this.actors = actors;
        this.accounts = accounts;
        this.others = others;
        this.database = database;
        this.session = session;
        this.claims = claims;
        this.timers = timers;
        this.clock = clock;
        session.listen(this::tell);
    }

    /// Creates the regions on first use: a server without numbers starts without actors.
    private Regions regions() {
        return regions.orElseGet(this::begin);
    }

    private synchronized Regions begin() {
        if (regions.isEmpty()) {
            var means = new PoolEntity.Means(this::look, this::send, timers, clock);
            regions = Optional.of(new Regions(
                    actors.spawn(
                            EntityRegion.of(
                                    (key, idle) -> SenderEntity.of(session, timers, key, idle),
                                    SenderEntity.InternalCommand.STOP,
                                    SenderEntity::inherited),
                            "senders"),
                    actors.spawn(
                            // A pool that was not woken is found by the next run of the job.
                            EntityRegion.of(
                                    (key, idle) -> PoolEntity.of(means, key, idle),
                                    PoolEntity.InternalCommand.STOP,
                                    _ -> Optional.empty()),
                            "pools")));
        }
        return regions.get();
    }

    /// Wakes a pool, on the server that has its numbers. Returns at once, even if nothing has started yet, because the
    /// caller may be at the end of a transaction.
    void wake(SenderKey pool) {
        if (accounts.isOurs(pool.tenant())) {
            tellPool(pool, PoolEntity.InternalCommand.WAKE);
        } else {
            timers.now(() -> accounts.elsewhere(pool.tenant())
                    .ifPresentOrElse(
                            _ -> others.tell(new PoolWakeRequested(pool)),
                            () -> tellPool(pool, PoolEntity.InternalCommand.WAKE)));
        }
    }

    /// Takes back what a number was given and has not handed over.
    void takeBack(SenderKey sender, String why) {
        Optional.ofNullable(opened.get(sender)).ifPresent(driver -> session.takeBack(sender, driver, why));
    }

    boolean isRepeatable(SenderKey sender, OutgoingMessage message) {
        return session.isRepeatable(sender, message);
    }

    void resume(SenderKey sender, List<OutgoingMessage> messages, String why) {
        session.resume(sender, messages, why);
    }

    void atStop(@Observes @Priority(0) ShutdownDelayInitiatedEvent event) {
        stop();
    }

    /// Returns messages that wait for their turn at a gateway to the queue, and stops handing messages over: those that
    /// are still at a gateway when the server ends become uncertain.
    public void stop() {
        stopping = true;
        awaitClaims();
        opened.keySet().forEach(sender -> takeBack(sender, "The server stopped before this was sent."));
    }

    void woken(@Observes PoolWakeRequested news) {
        if (accounts.isOurs(news.pool().tenant())) {
            tellPool(news.pool(), PoolEntity.InternalCommand.WAKE);
        }
    }

    void tellPool(SenderKey pool, PoolEntity.Command command) {
        if (regions.isPresent()) {
            regions().pools().tell(new EntityRegion.Message.Tell<>(pool, command));
        } else {
            timers.now(() -> regions().pools().tell(new EntityRegion.Message.Tell<>(pool, command)));
        }
    }

    private void tell(SenderEntity.ExternalCommand told) {
        regions().senders().tell(new EntityRegion.Message.Tell<>(told.sender(), told));
    }

    private CompletionStage<Done> ask(SenderKey sender, Actors.Question<SenderEntity.Command> question) {
        return actors.ask(regions().senders(), told -> new EntityRegion.Message.Tell<>(sender, question.with(told)));
    }

    private CompletionStage<Done> send(SenderKey sender, List<OutgoingMessage> messages) {
        return ask(sender, told -> new SenderEntity.Send(sender, messages, told));
    }

    /// Hands over nothing once the server is shutting down, or is dead for the others.
    private Claims.Claimed look(SenderKey pool) {
        Lock checked = checking(pool).readLock();
        checked.lock();
        try {
            return stopping || actors.isClosed() || !accounts.isOurs(pool.tenant())
                    ? new Claims.Claimed(List.of(), true, Optional.empty())
                    : database.write(tx -> claims.next(tx, pool));
        } finally {
            checked.unlock();
        }
    }

    /// Waits for a check of this queue that runs: one that begins later sees that a number is back.
    void awaitCheck(SenderKey pool) {
        await(checking(pool));
    }

    private ReadWriteLock checking(SenderKey pool) {
        return checking.get(Math.floorMod(pool.hashCode(), checking.size()));
    }

    /// Waits for the checks of queues that run: those that begin later see that an account is leaving.
    void awaitClaims() {
        checking.forEach(LiveSenders::await);
    }

    private static void await(ReadWriteLock checks) {
        checks.writeLock().lock();
        checks.writeLock().unlock();
    }

    /// Starts linking. Returns when the driver was called and its immediate events are processed.
    void link(SenderKey sender, DriverKind driver) {
        opened.put(sender, driver);
        Actors.wait(ask(sender, told -> new SenderEntity.Link(sender, driver, told)));
        settle(sender);
    }

    /// Reconnects a sender. Returns when the driver was called and its immediate events are processed.
    void connect(SenderKey sender, DriverKind driver) {
        opened.put(sender, driver);
        Actors.wait(ask(sender, told -> new SenderEntity.Connect(sender, driver, told)));
        settle(sender);
    }

    /// Reconnects a sender in the background.
    void connectSoon(SenderKey sender, DriverKind driver) {
        opened.put(sender, driver);
        tell(new SenderEntity.Connect(sender, driver, actors.nobody()));
    }

    /// Stops everything that runs for a sender.
    void forget(SenderKey sender, DriverKind driver) {
        opened.remove(sender);
        Actors.wait(ask(sender, told -> new SenderEntity.Forget(sender, driver, told)));
    }

    /// Lets go of all numbers of an account without logging them out, so that another server can connect them.
    void release(AccountId account) {
        release(sender -> sender.tenant().equals(account));
    }

    /// Does the same for some of its numbers.
    void release(AccountId account, Collection<String> numbers) {
        release(sender ->
                sender.tenant().equals(account) && numbers.contains(sender.id().value()));
    }

    private void release(Predicate<SenderKey> which) {
        List<CompletableFuture<Done>> released = opened.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .map(entry -> {
                    SenderKey sender = entry.getKey();
                    opened.remove(sender);
                    return ask(sender, told -> new SenderEntity.Release(sender, entry.getValue(), told))
                            .toCompletableFuture();
                })
                .toList();
        Actors.wait(CompletableFuture.allOf(released.toArray(CompletableFuture[]::new))
                .thenApply(_ -> Done.getInstance()));
    }

    /// Waits until all reports of its driver so far are stored.
    public void settle(SenderKey sender) {
        Actors.wait(ask(sender, told -> new SenderEntity.Settle(sender, told)));
    }
}
