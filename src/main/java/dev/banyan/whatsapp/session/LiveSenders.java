package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.jobs.OwnWork;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.DriverReport;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.messages.Claims;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Access to the live entities by key: one for each sender that is linked or being linked, one for each pool that has
/// messages to send. With several servers, those of a pool are all on the one that has the pool.
@Singleton
public final class LiveSenders {

    private static final int LOCKS = 64;

    /// How long is waited for an entity. After that the caller goes on, and what it asked for is done a little later.
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CONNECTED_AGAIN_AFTER = Duration.ofSeconds(3);
    /// A number that is connected here.
    ///
    /// @param pool that it was in when that was last looked at
    private record Opened(DriverKind driver, SenderKey pool) {}

    final Entities<SenderEntity.Command> entities;
    final Entities<PoolEntity.Command> pools;
    private final LivePools mine;
    private final Database database;
    private final SenderSession session;
    private final Claims claims;
    private final Timers timers;
    /// Numbers that are connected here, or being linked, as far as was asked for.
    private final Map<SenderKey, Opened> opened = new ConcurrentHashMap<>();
    /// Held shared from reading where numbers are until they are opened, and alone while numbers are let go of:
    /// otherwise one could be opened that has just gone to another server.
    private final ReadWriteLock opening = new ReentrantReadWriteLock();
    /// Each for some of the pools.
    private final List<ReadWriteLock> checking = Stream.<ReadWriteLock>generate(ReentrantReadWriteLock::new)
            .limit(LOCKS)
            .toList();
    private volatile boolean stopping;

    public LiveSenders(
            @OwnWork ExecutorService threads,
            LivePools mine,
            Database database,
            SenderSession session,
            Claims claims,
            Timers timers,
            Clock clock) {
        this.mine = mine;
        this.database = database;
        this.session = session;
        this.claims = claims;
        this.timers = timers;
        var failures = new RepeatedFailures(LiveSenders.class, clock);
        this.entities = new Entities<>(
                threads, (key, self) -> new SenderEntity(session, timers, failures, key, self), failures);
        var means = new PoolEntity.Means(this::look, this::send, timers, clock, failures);
        this.pools = new Entities<>(threads, (key, self) -> new PoolEntity(means, key, self), failures);
        session.listen(this::tell);
    }

    /// Wakes a pool, on the server that has its numbers. Returns at once, even if nothing has started yet, because the
    /// caller may be at the end of a transaction.
    void wake(SenderKey pool) {
        if (mine.isOurs(pool.asPool())) {
            tellPool(pool, PoolEntity.InternalCommand.WAKE);
        } else {
            mine.tell(
                    pool.asPool(), new PoolWakeRequested(pool), () -> tellPool(pool, PoolEntity.InternalCommand.WAKE));
        }
    }

    /// Takes back what a number was given and has not handed over.
    void takeBack(SenderKey sender, String why) {
        Optional.ofNullable(opened.get(sender)).ifPresent(one -> session.takeBack(sender, one.driver(), why));
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
        if (mine.isOurs(news.pool().asPool())) {
            tellPool(news.pool(), PoolEntity.InternalCommand.WAKE);
        }
    }

    /// A pool that isn't told any more, because the server ends, is found by the next one.
    void tellPool(SenderKey pool, PoolEntity.Command command) {
        var _ = pools.tell(pool, command);
    }

    private void tell(SenderEntity.ExternalCommand command) {
        if (!entities.tell(command.sender(), command)) {
            switch (command) {
                case SenderEntity.Happened(DriverReport report) -> report.notNow();
                case SenderEntity.Act(SenderKey _, Consumer<SenderKey> _, CompletableFuture<Void> told) -> refuse(told);
                case SenderEntity.Settle(SenderKey _, CompletableFuture<Void> told) -> refuse(told);
                case SenderEntity.HealthChanged _ -> {}
            }
        }
    }

    private static void refuse(CompletableFuture<Void> told) {
        told.completeExceptionally(new IllegalStateException("The server stops"));
    }

    /// @return completes when the entity says so, and fails if that takes too long
    private CompletableFuture<Void> ask(Function<CompletableFuture<Void>, SenderEntity.ExternalCommand> question) {
        var told = new CompletableFuture<Void>();
        tell(question.apply(told));
        return told.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<Void> ask(SenderKey sender, Consumer<SenderKey> act) {
        return ask(told -> new SenderEntity.Act(sender, act, told));
    }

    private CompletableFuture<Void> send(SenderKey sender, List<OutgoingMessage> messages) {
        return ask(sender, key -> session.send(key, messages));
    }

    private static void wait(CompletableFuture<Void> answer) {
        try {
            answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failure) {
            Log.warnf("A number has not answered: %s", failure.getMessage());
        }
    }

    /// Hands over nothing once the server is shutting down, or is dead for the others.
    private Claims.Claimed look(SenderKey pool) {
        Lock checked = checking(pool).readLock();
        checked.lock();
        try {
            return stopping || !mine.isOurs(pool.asPool())
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

    /// Waits for the checks of queues that run: those that begin later see that a pool is leaving.
    void awaitClaims() {
        checking.forEach(LiveSenders::await);
    }

    private static void await(ReadWriteLock checks) {
        checks.writeLock().lock();
        checks.writeLock().unlock();
    }

    /// Starts linking. Returns when the driver was called and its immediate events are processed.
    void link(SenderKey sender, SenderKey pool, DriverKind driver) {
        open(sender, pool, driver);
        wait(ask(sender, key -> session.link(key, driver)));
        settle(sender);
    }

    /// Reconnects a sender. Returns when the driver was called and its immediate events are processed.
    void connect(SenderKey sender, SenderKey pool, DriverKind driver) {
        open(sender, pool, driver);
        wait(ask(sender, key -> connect(key, driver)));
        settle(sender);
    }

    private void open(SenderKey sender, SenderKey pool, DriverKind driver) {
        opening.readLock().lock();
        try {
            if (!mine.isOurs(pool.asPool())) {
                throw new IllegalStateException("The number has moved to another server");
            }
            opened.put(sender, new Opened(driver, pool));
        } finally {
            opening.readLock().unlock();
        }
    }

    /// Reconnects senders in the background that are in a pool of this server. With several servers, what is open here
    /// stays as it is.
    ///
    /// @param reading finds them now: no other server may have them open
    /// @return what was found
    List<Sender> connectSoon(Supplier<List<Sender>> reading) {
        opening.readLock().lock();
        try {
            List<Sender> found = reading.get();
            for (Sender sender : found) {
                // It is let go of with the pool that it is in now, even if that leaves at this moment.
                boolean wasOpen =
                        opened.computeIfPresent(sender.key(), (_, one) -> new Opened(one.driver(), sender.pool()))
                                != null;
                if (mine.isOurs(sender.pool().asPool()) && sender.mayComeBack() && (!wasOpen || mine.isAlone())) {
                    connect(sender);
                }
            }
            return found;
        } finally {
            opening.readLock().unlock();
        }
    }

    /// Reconnects a sender in the background. With several servers, only one that is open here: another one may have it
    /// by now.
    void connectAgain(Sender sender) {
        opening.readLock().lock();
        try {
            if (mine.isAlone() || opened.containsKey(sender.key())) {
                connect(sender);
            }
        } finally {
            opening.readLock().unlock();
        }
    }

    private void connect(Sender sender) {
        opened.compute(sender.key(), (_, one) -> new Opened(sender.driver(), one == null ? sender.pool() : one.pool()));
        var _ = ask(sender.key(), key -> connect(key, sender.driver()));
    }

    /// Drivers read how they reach a number: while the database is away, it is tried again as long as the number is
    /// open here.
    private void connect(SenderKey sender, DriverKind driver) {
        try {
            session.connect(sender, driver);
        } catch (DatabaseUnavailable _) {
            timers.in(CONNECTED_AGAIN_AFTER, () -> {
                var _ = ask(sender, key -> {
                    if (opened.containsKey(key)) {
                        connect(key, driver);
                    }
                });
            });
        }
    }

    boolean isOpen(SenderKey sender) {
        return opened.containsKey(sender);
    }

    /// Stops everything that runs for a sender.
    void forget(SenderKey sender, DriverKind driver) {
        opened.remove(sender);
        wait(ask(sender, key -> session.forget(key, driver)));
    }

    /// Lets go of all numbers of a pool without logging them out, so that another server can connect them; not if the
    /// pool has come back meanwhile.
    void release(SenderKey pool) {
        release(() -> opened.entrySet().stream()
                .filter(entry -> entry.getValue().pool().equals(pool) && !mine.isOurs(pool.asPool()))
                .map(Map.Entry::getKey)
                .toList());
    }

    /// Lets go of numbers in the same way.
    ///
    /// @param which finds them while none is being opened
    void release(Supplier<Collection<SenderKey>> which) {
        var let = new ArrayList<CompletableFuture<Void>>();
        opening.writeLock().lock();
        try {
            which.get()
                    .forEach(sender -> Optional.ofNullable(opened.remove(sender))
                            .ifPresent(one -> let.add(ask(sender, key -> session.release(key, one.driver())))));
        } finally {
            opening.writeLock().unlock();
        }
        wait(CompletableFuture.allOf(let.toArray(CompletableFuture[]::new)));
    }

    /// Waits until all reports of its driver so far are stored.
    public void settle(SenderKey sender) {
        wait(ask(told -> new SenderEntity.Settle(sender, told)));
    }

    /// Runs before the rest of the shutdown, so that reports that wait can still be stored.
    void atShutdown(@Observes @Priority(1) ShutdownEvent event) {
        close();
    }

    void close() {
        stopping = true;
        wait(CompletableFuture.allOf(pools.close(), entities.close()));
    }
}
