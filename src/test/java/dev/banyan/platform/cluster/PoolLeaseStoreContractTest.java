package dev.banyan.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class PoolLeaseStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final int MANY = 100_000;

    private final Database database;
    private final LivePool pool;
    private final LivePool other;
    private final LivePool elsewhere;
    private final UUID one;
    private final UUID two;

    PoolLeaseStoreContractTest(Database database) {
        this.database = database;
        AccountId account = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.pool = new LivePool(account, "sales");
        this.other = new LivePool(account, "support");
        this.elsewhere =
                new LivePool(StoredAccounts.owner(database, Tier.FREE).root().id(), "sales");
        database.write(tx -> new NodeStore(tx).removeSilentSince(NOW.plus(Duration.ofDays(1))));
        this.one = seen(NOW);
        this.two = seen(NOW);
    }

    private UUID seen(Instant at) {
        var node = new Node(UUID.randomUUID(), "a:1", "key", at, at);
        database.write(tx -> {
            new NodeStore(tx).insert(node);
            return true;
        });
        return node.id();
    }

    @Test
    void aPoolIsTakenOnce() {
        assertThat(take(pool, one, NOW)).isTrue();
        assertThat(take(pool, two, NOW)).isFalse();
        assertThat(take(pool, one, NOW)).as("again by the same").isTrue();

        assertThat(holder(pool)).contains(one);
        assertThat(holder(other)).isEmpty();
    }

    @Test
    void aPoolOfASilentNodeIsFree() {
        take(pool, one, NOW);
        Instant later = NOW.plusSeconds(6);
        database.write(tx -> new NodeStore(tx).seen(two, later));

        assertThat(takeFree(two, NOW, MANY)).doesNotContain(pool);
        assertThat(take(pool, two, later)).isTrue();
        assertThat(take(pool, one, later)).as("it has come back").isFalse();
        assertThat(holder(pool)).contains(two);
    }

    @Test
    void aPoolIsGivenToAnotherNode() {
        take(pool, one, NOW);

        write(store -> store.give(pool, two, Optional.of(two)));
        assertThat(holder(pool)).as("only its node can give it").contains(one);

        write(store -> store.give(pool, one, Optional.of(two)));
        assertThat(holder(pool)).contains(two);

        write(store -> store.give(pool, two, Optional.empty()));
        assertThat(holder(pool)).isEmpty();
        assertThat(takeFree(one, NOW, MANY)).contains(pool);
    }

    @Test
    void thePoolsOfASilentNodeAreTakenTogetherAndOnce() {
        take(pool, one, NOW);
        take(other, one, NOW.plusMillis(1));
        Instant later = NOW.plusSeconds(6);
        UUID three = seen(later);
        database.write(tx -> new NodeStore(tx).seen(two, later));
        takeFree(two, NOW, MANY); // what other tests have left

        assertThat(takeFree(two, later, 1)).as("the one left the longest").containsExactly(pool);
        assertThat(takeFree(three, later, MANY)).containsExactly(other);

        assertThat(takeFree(two, later, MANY)).isEmpty();
        assertThat(holder(pool)).contains(two);
        assertThat(holder(other)).contains(three);
        assertThat(take(pool, one, later)).as("it has come back").isFalse();
    }

    @Test
    void knownPoolsAreFreeUntilANodeTakesThem() {
        take(pool, one, NOW);

        write(store -> store.add(Map.of(pool, 9, other, 7)));

        assertThat(takeFree(two, NOW, MANY)).contains(other).doesNotContain(pool);
        assertThat(this.<List<LivePool>>read(store -> store.of(one))).containsExactly(pool);
        assertThat(numbers(one)).as("as it was known first").isEqualTo(1);
    }

    @Test
    void theNumbersOfANodeAreThoseOfItsPools() {
        write(store -> store.add(Map.of(pool, 9, other, 7)));
        take(pool, one, NOW);
        take(other, one, NOW);
        take(elsewhere, two, NOW);
        assertThat(numbers(one)).isEqualTo(16);

        write(store -> store.resize(other, 11));
        write(store -> store.remove(pool, two));
        assertThat(numbers(one))
                .as("one has grown; only its node can remove the other")
                .isEqualTo(20);
        assertThat(this.<Map<LivePool, UUID>>read(store -> store.holders(List.of(pool, other, elsewhere))))
                .isEqualTo(Map.of(pool, one, other, one, elsewhere, two));

        write(store -> store.remove(pool, one));
        assertThat(numbers(one)).isEqualTo(11);
        assertThat(holder(pool)).isEmpty();
    }

    private int numbers(UUID node) {
        return this.<Integer>read(store -> store.numbers().getOrDefault(node, 0));
    }

    private List<LivePool> takeFree(UUID node, Instant alive, int limit) {
        return database.write(tx -> new PoolLeaseStore(tx).takeFree(node, alive, alive, limit));
    }

    private Optional<UUID> holder(LivePool of) {
        return read(store -> store.holder(of));
    }

    private boolean take(LivePool which, UUID node, Instant alive) {
        return database.write(tx -> new PoolLeaseStore(tx).take(which, node, alive, alive));
    }

    private interface Work {
        void on(PoolLeaseStore store);
    }

    private void write(Work work) {
        database.write(tx -> {
            work.on(new PoolLeaseStore(tx));
            return true;
        });
    }

    private <T> T read(Function<PoolLeaseStore, T> reading) {
        return database.read(tx -> reading.apply(new PoolLeaseStore(tx)));
    }
}
