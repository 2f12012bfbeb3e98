package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.cluster.LivePool;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderHealthChanged;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.failover.FailoverSettings.Detection;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Watches the pools that may be failing, and those that another pool stands in for. A pool is looked at again and
/// again from the first sign of trouble until it is well: it fails after so many failed checks in a row, and has
/// recovered when it has worked without a break for long enough, so a number that comes and goes moves nothing.
///
/// Only memory: a server that starts looks at all pools that were in trouble.
@Singleton
public final class PoolWatch implements Recurring {

    private static final int AT_ONCE = 10_000;
    /// The pause after a look that failed: the database is away.
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    /// The longest time that a pool has to work before what was moved comes back.
    private static final Duration LONGEST_PATIENCE = Duration.ofHours(1);
    /// The longest pause between two checks of a pool that no other one can stand in for.
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /// @param failures failed checks in a row, without the look that found it down
    /// @param down since when it is down
    /// @param working since when a failed pool works again
    /// @param told whether something has happened to it since the last look
    private record Watch(int failures, Optional<Instant> down, Optional<Instant> working, boolean told) {

        private static final Watch NEW = new Watch(0, Optional.empty(), Optional.empty(), false);

        Watch failedAt(Instant now) {
            return new Watch(
                    down.isPresent() ? failures + 1 : 0, down.or(() -> Optional.of(now)), Optional.empty(), false);
        }

        Watch worksAt(Instant now) {
            return new Watch(0, Optional.empty(), working.or(() -> Optional.of(now)), false);
        }

        Watch wasTold() {
            return new Watch(failures, down, working, true);
        }

        /// A pool that is gone by now would be looked at forever otherwise.
        Watch lookedAt() {
            return new Watch(failures, down, working, false);
        }
    }

    /// How often what was moved has come back lately. Each time, the pool has to work twice as long before it comes
    /// back again, so a pool that recovers and fails again and again stays where it is moved.
    private record Returns(int count, Instant last) {

        Duration patience(Duration recovery, Instant now) {
            if (last.plus(LONGEST_PATIENCE).isBefore(now)) {
                return recovery;
            }
            Duration longer = recovery.multipliedBy(1L << Math.min(count, 12));
            return longer.compareTo(LONGEST_PATIENCE) < 0 ? longer : LONGEST_PATIENCE;
        }

        Returns again(Instant now) {
            return new Returns(last.plus(LONGEST_PATIENCE).isBefore(now) ? 1 : count + 1, now);
        }
    }

    /// @param removed the pool that stood in, if it no longer exists: the server that removed it ended before
    ///     it could tell
    /// @param servants its own, including those that are lent
    private record Looked(
            PoolState state,
            Optional<SenderId> removed,
            Detection detection,
            boolean failsBack,
            Sender master,
            List<Sender> servants) {}

    private final Database database;
    private final LivePools pools;
    private final AutomaticFailovers failovers;
    private final Liveness liveness;
    private final Event<PoolHealthDetermined> judged;
    private final Timers timers;
    private final Clock clock;
    private final RepeatedFailures failures;
    private final Map<SenderKey, Watch> watched = new ConcurrentHashMap<>();
    private final Map<SenderKey, Returns> returns = new ConcurrentHashMap<>();

    public PoolWatch(
            Database database,
            LivePools pools,
            AutomaticFailovers failovers,
            Liveness liveness,
            Event<PoolHealthDetermined> judged,
            Timers timers,
            Clock clock) {
        this.database = database;
        this.pools = pools;
        this.failovers = failovers;
        this.liveness = liveness;
        this.judged = judged;
        this.timers = timers;
        this.clock = clock;
        this.failures = new RepeatedFailures(PoolWatch.class, clock);
    }

    /// Looks at a pool as soon as one of its numbers stops or starts working.
    public void healthChanged(@Observes SenderHealthChanged changed) {
        watch(new SenderKey(changed.sender().tenant(), changed.pool()));
    }

    public void senderChanged(@Observes SenderChanged changed) {
        if (pools.hasSome(changed.tenant())) {
            timers.now(() -> look(changed));
        }
    }

    private void look(SenderChanged changed) {
        var key = new SenderKey(changed.tenant(), changed.sender());
        Optional<Sender> found =
                database.read(changed.tenant(), tx -> new SenderStore(tx).find(changed.tenant(), changed.sender()));
        found.filter(sender ->
                        sender.state().isDown() || sender.assignment().home().isPresent())
                .map(sender -> sender.assignment().home().or(sender::masterId).orElse(sender.id()))
                .ifPresent(master -> watch(new SenderKey(changed.tenant(), master)));
        if (found.isEmpty()) {
            failovers.removed(key);
        }
    }

    /// Returns whether a pool cannot send right now, or its master cannot.
    public boolean isFailing(SenderKey pool) {
        // Other servers may be asked about lent numbers, which is no work for a transaction.
        List<Sender> numbers = database.read(pool.tenant(), tx -> {
            var senders = new SenderStore(tx);
            return senders.find(pool.tenant(), pool.id()).filter(Sender::isMaster).stream()
                    .flatMap(master ->
                            Stream.concat(Stream.of(master), senders.belonging(pool.tenant(), pool.id()).stream()))
                    .toList();
        });
        return !numbers.isEmpty()
                && PoolHealth.of(numbers.getFirst(), numbers.subList(1, numbers.size()), liveness)
                        .trouble()
                        .isPresent();
    }

    /// Finds pools in trouble that nobody has reported: after a start, and those that another server has left.
    void sweep() {
        watchOurs(database.read(tx -> new PoolStateStore(tx).decided(AT_ONCE)));
        watchOurs(database.read(tx -> new LentSenderStore(tx).mastersDown(AT_ONCE)));
    }

    private void watchOurs(List<SenderKey> found) {
        Set<LivePool> ours = pools.forUs(found.stream().map(SenderKey::asPool).toList());
        found.stream().filter(pool -> ours.contains(pool.asPool())).forEach(this::watch);
    }

    @Override
    public Job job() {
        return Job.scheduled("30s", "10s", "watch-pools", "Looks for pools whose numbers have failed.", this::sweep)
                .onEachServer();
    }

    private void watch(SenderKey pool) {
        Watch now = watched.merge(pool, Watch.NEW, (before, _) -> before.wasTold());
        if (now.equals(Watch.NEW)) {
            timers.now(() -> check(pool));
        }
    }

    private void check(SenderKey pool) {
        Duration next;
        try {
            next = look(pool);
        } catch (RuntimeException failure) {
            failures.failed("It is looked at again: pool", pool.id(), failure);
            next = AFTER_FAILURE;
        }
        if (!next.isZero()) {
            timers.in(next, () -> timers.now(() -> check(pool)));
        } else if (watched.computeIfPresent(pool, (_, watch) -> watch.told() ? watch.lookedAt() : null) != null) {
            timers.now(() -> check(pool)); // something has happened during the look
        }
    }

    /// @return when to look again; zero: not at all
    private Duration look(SenderKey pool) {
        if (!pools.isOurs(pool.asPool())) {
            watched.remove(pool);
            return Duration.ZERO; // its numbers have moved to another server, which watches them
        }
        Instant now = clock.instant();
        Optional<Looked> looked = database.read(tx -> {
            var senders = new SenderStore(tx);
            return senders.find(pool.tenant(), pool.id())
                    .filter(Sender::isMaster)
                    .map(master -> {
                        var settings = new FailoverSettingsStore(tx).find(pool.tenant(), pool.id());
                        PoolState state = new PoolStateStore(tx).find(pool.tenant(), pool.id());
                        return new Looked(
                                state,
                                state.standIn()
                                        .filter(id ->
                                                senders.find(pool.tenant(), id).isEmpty()),
                                settings.detection(),
                                settings.failsBack(),
                                master,
                                senders.belonging(pool.tenant(), pool.id()));
                    });
        });
        if (looked.isEmpty()) {
            return Duration.ZERO;
        }
        looked.get().removed().ifPresent(id -> failovers.removed(new SenderKey(pool.tenant(), id)));
        Optional<String> trouble = PoolHealth.of(
                        looked.get().master(), looked.get().servants(), liveness)
                .trouble();
        boolean works = trouble.isEmpty();
        Watch before = watched.getOrDefault(pool, Watch.NEW);
        Watch watch = works ? before.worksAt(now) : before.failedAt(now);
        watched.put(pool, watch);
        if (works && before.failures() >= looked.get().detection().failures()) {
            judged.fire(new PoolHealthDetermined(pool, false, "It can send again."));
        }
        Detection detection = looked.get().detection();
        Duration soon = Duration.ofSeconds(detection.checkSeconds());
        return switch (looked.get().state().failover()) {
            case NORMAL, FAILING_OVER -> {
                if (!works) {
                    yield failing(pool, watch, trouble.orElseThrow(), detection, now);
                }
                // After a refusal it is watched until it has recovered: then it may be proposed again.
                yield looked.get().state().isRefused() ? untilItWorks(pool, watch, detection, now) : Duration.ZERO;
            }
            case FAILED_OVER -> {
                Returns lately = returns.getOrDefault(pool, new Returns(0, Instant.EPOCH));
                Duration patience = lately.patience(detection.recovery(), now);
                if (works && looked.get().failsBack() && hasRecovered(watch, patience, now)) {
                    failovers.recovered(pool, patience);
                    returns.put(pool, lately.again(now));
                    yield Duration.ZERO;
                }
                yield works && !looked.get().failsBack() ? Duration.ZERO : soon;
            }
            case WAITING_FOR_APPROVAL, FAILING_BACK -> works ? untilItWorks(pool, watch, detection, now) : soon;
        };
    }

    private Duration untilItWorks(SenderKey pool, Watch watch, Detection detection, Instant now) {
        if (!hasRecovered(watch, detection.recovery(), now)) {
            return Duration.ofSeconds(detection.checkSeconds());
        }
        failovers.worksAgain(pool);
        return Duration.ZERO;
    }

    private static boolean hasRecovered(Watch watch, Duration patience, Instant now) {
        return watch.working()
                .filter(since -> !since.plus(patience).isAfter(now))
                .isPresent();
    }

    private Duration failing(SenderKey pool, Watch watch, String trouble, Detection detection, Instant now) {
        Duration soon = Duration.ofSeconds(detection.checkSeconds());
        if (watch.failures() < detection.failures()) {
            return soon;
        }
        if (watch.failures() == detection.failures()) {
            judged.fire(new PoolHealthDetermined(pool, true, trouble));
        }
        failovers.failed(pool, Duration.between(watch.down().orElse(now), now));
        Duration pause = soon.multipliedBy(1L << Math.min(6, watch.failures() - detection.failures()));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
