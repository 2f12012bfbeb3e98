package dev.banyan.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class LivePoolsTest {

    /// The first write makes pools known, the second takes those that no node has.
    private static final int TAKES = 2;
    /// The first read finds its own, the second asks whether any are left.
    private static final int ASKS = 2;
    /// In so many seconds a server that has nothing to look for does not look.
    private static final int SOON = 9;

    private final Database database;
    private final LivePool pool;
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger ticks = new AtomicInteger();

    LivePoolsTest(Database database) {
        this.database = database;
        this.pool =
                new LivePool(StoredAccounts.owner(database, Tier.FREE).root().id(), "support");
    }

    @Test
    void whatIsGivenToANodeWhileItLooksIsTakenWithoutWaiting() {
        Nodes gives = Nodes.join(new Kept(() -> {}, () -> {}), "gives", "key");
        Nodes gets = Nodes.join(new Kept(() -> {}, () -> {}), "gets", "key");
        try {
            assertThat(isTakenBy(gives)).isTrue();
            var pools = new LivePools[1];
            // It has read which pools are its own, and takes those that are free.
            pools[0] = new LivePools(
                    gets,
                    new Kept(
                            () -> {
                                if (writes.incrementAndGet() == TAKES) {
                                    give(gives, Optional.of(gets.id()));
                                    pools[0].moved(new LeaseMoved(pool, Optional.of(gets.id())));
                                }
                            },
                            () -> {}),
                    OtherNodes.NONE,
                    Clock.systemUTC());

            pools[0].begin(new Sized(Map.of()));

            Eventually.until(() -> pools[0].isOurs(pool), Boolean::booleanValue);
        } finally {
            gives.close();
            gets.close();
        }
    }

    /// A transaction of a server that died holds its pools for a moment, and a look leaves them out.
    @Test
    void whatALookHasLeftOutIsLookedForAgainSoon() {
        Nodes holds = Nodes.join(new Kept(() -> {}, () -> {}), "holds", "key");
        Nodes looks = Nodes.join(new Kept(() -> {}, () -> {}), "looks", "key");
        try {
            assertThat(isTakenBy(holds)).isTrue();
            var pools = new LivePools(
                    looks,
                    new Kept(() -> {}, () -> {
                        if (reads.incrementAndGet() == ASKS) {
                            give(holds, Optional.empty());
                        }
                    }),
                    OtherNodes.NONE,
                    Clock.systemUTC());
            pools.begin(new Sized(Map.of()));
            Eventually.until(reads::get, times -> times >= ASKS);
            Eventually.holds(() -> !pools.isLooking());

            Eventually.until(
                    () -> {
                        if (looks.isSettled() && !pools.isLooking() && ticks.incrementAndGet() < SOON) {
                            pools.tick();
                        }
                        return pools.isOurs(pool);
                    },
                    Boolean::booleanValue);
        } finally {
            holds.close();
            looks.close();
        }
    }

    /// While a pool moves, each order of its account asks for it to be woken.
    @Test
    void manyThatSayTheSameAreHeardOnce() {
        Nodes holds = Nodes.join(new Kept(() -> {}, () -> {}), "holds", "key");
        Nodes tells = Nodes.join(new Kept(() -> {}, () -> {}), "tells", "key");
        try {
            assertThat(isTakenBy(holds)).isTrue();
            var said = new CountDownLatch(1);
            var heard = new LinkedBlockingQueue<News>();
            var pools =
                    new LivePools(tells, new Kept(() -> await(said), () -> {}), new Heard(heard), Clock.systemUTC());
            var news = new LeaseMoved(pool, Optional.empty());

            for (int i = 0; i < 100; i++) {
                pools.tell(pool, news, () -> heard.add(new LeaseMoved(pool, Optional.of(tells.id()))));
            }
            said.countDown();

            assertThat(Eventually.until(heard::size, size -> size > 0)).isOne();
            Eventually.until(
                    () -> {
                        pools.tell(pool, news, () -> {});
                        return heard;
                    },
                    all -> all.size() > 1);
            assertThat(heard).allMatch(news::equals);
        } finally {
            holds.close();
            tells.close();
        }
    }

    @Test
    void halfOfAHundredPoolsMoveToTheOtherServerAFewAtATime() {
        var all = IntStream.range(0, 100)
                .mapToObj(number -> new LivePool(pool.account(), "pool-" + number))
                .collect(Collectors.toMap(Function.identity(), _ -> 100));
        UUID other = runForLong();
        Nodes holds = Nodes.join(new Kept(() -> {}, () -> {}), "holds", "key");
        try {
            var pools = new LivePools(holds, new Kept(() -> {}, () -> {}), OtherNodes.NONE, Clock.systemUTC());
            pools.begin(new Sized(all));
            Eventually.until(() -> all.keySet().stream().filter(pools::isOurs).count(), here -> here == all.size());

            var moved = new ArrayList<Long>();
            for (int step = 0; step < 60; step++) {
                pools.balance();
                moved.add(
                        all.keySet().stream().filter(one -> !pools.isOurs(one)).count());
            }

            assertThat(moved.getLast()).isBetween(48L, 50L);
            assertThat(IntStream.range(1, moved.size()).mapToObj(i -> moved.get(i) - moved.get(i - 1)))
                    .allMatch(atOnce -> atOnce <= 2);
        } finally {
            holds.close();
            dies(other);
        }
    }

    /// It would wait there until someone looks for pools without a server.
    @Test
    void aServerThatDiesWhileResultsAreWaitedForGetsNoPool() {
        UUID other = runForLong();
        Nodes stops = Nodes.join(new Kept(() -> {}, () -> {}), "stops", "key");
        try {
            Eventually.holds(() -> stops.isLive(other));
            var pools = new LivePools(stops, new Kept(() -> {}, () -> {}), OtherNodes.NONE, Clock.systemUTC());
            pools.begin(new Sized(Map.of(pool, 1), () -> {
                dies(other);
                Eventually.holds(() -> !stops.isLive(other));
            }));
            Eventually.holds(() -> pools.isOurs(pool));

            pools.atStop(new ShutdownDelayInitiatedEvent());

            assertThat(Eventually.until(this::holder, holder -> !holder.equals(Optional.of(stops.id()))))
                    .isEmpty();
        } finally {
            stops.close();
            dies(other);
        }
    }

    private Optional<UUID> holder() {
        return database.read(tx -> new PoolLeaseStore(tx).holder(pool));
    }

    /// A server that can take pools.
    private UUID runForLong() {
        UUID other = new UUID(1, 2);
        database.write(tx -> {
            var store = new NodeStore(tx);
            store.insert(new Node(
                    other,
                    "other",
                    "key",
                    store.now().minusSeconds(60),
                    store.now().plusSeconds(3_600)));
            return true;
        });
        return other;
    }

    private void dies(UUID node) {
        database.write(tx -> {
            new NodeStore(tx).remove(node);
            return true;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private record Heard(Collection<News> news) implements OtherNodes {

        @Override
        public boolean isCompleteSince(long since) {
            return true;
        }

        @Override
        public void tell(News one) {
            news.add(one);
        }
    }

    private boolean isTakenBy(Nodes node) {
        return database.write(tx -> {
            Instant now = new NodeStore(tx).now();
            return new PoolLeaseStore(tx).take(pool, node.id(), now, Nodes.aliveSince(now));
        });
    }

    private void give(Nodes from, Optional<UUID> to) {
        database.write(tx -> {
            new PoolLeaseStore(tx).give(pool, from.id(), to);
            return true;
        });
    }

    /// The database of all tests, which stays open when a node leaves it.
    private final class Kept implements Database {

        private final Runnable beforeWrite;
        private final Runnable beforeRead;

        Kept(Runnable beforeWrite, Runnable beforeRead) {
            this.beforeWrite = beforeWrite;
            this.beforeRead = beforeRead;
        }

        @Override
        public <T> T read(Function<Tx, T> work) {
            beforeRead.run();
            return database.read(work);
        }

        @Override
        public <T> T write(Function<Tx, T> work) {
            beforeWrite.run();
            return database.write(work);
        }

        @Override
        public boolean isShared() {
            return database.isShared();
        }

        @Override
        public void close() {}
    }

    /// Pools without work.
    private record Sized(Map<LivePool, Integer> all, Runnable ends) implements LiveWork {

        private Sized(Map<LivePool, Integer> all) {
            this(all, () -> {});
        }

        @Override
        public Map<LivePool, Integer> pools(Optional<Set<AccountId>> accounts) {
            return all;
        }

        @Override
        public void prepare(List<LivePool> pools) {}

        @Override
        public void begin(List<LivePool> pools) {}

        @Override
        public boolean isBusy(LivePool pool) {
            return false;
        }

        @Override
        public void end(LivePool pool) {
            ends.run();
        }
    }
}
