package dev.banyan.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.cluster.NodeStore.Lease;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class NodeStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration LASTS = Duration.ofSeconds(5);

    private final String lease = "lease-" + UUID.randomUUID();
    private final Database database;

    NodeStoreContractTest(Database database) {
        this.database = database;
        database.write(tx -> new NodeStore(tx).removeSilentSince(NOW.plus(Duration.ofDays(1))));
    }

    @Test
    void theDatabaseHasATimeOfItsOwn() {
        assertThat(read(NodeStore::now))
                .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(600));
    }

    @Test
    void nodesThatWereSeenLatelyAreListedTheOldestFirst() {
        Node young = joined(NOW.minusSeconds(1));
        Node old = joined(NOW.minusSeconds(60));

        assertThat(seenSince(NOW.minusSeconds(60))).containsExactly(old, young);
        assertThat(seenSince(NOW.minusSeconds(5))).containsExactly(young);
    }

    @Test
    void aSignOfLifeKeepsANode() {
        Node node = joined(NOW.minusSeconds(60));

        assertThat(this.<Boolean>write(store -> store.seen(node.id(), NOW))).isTrue();

        assertThat(seenSince(NOW)).extracting(Node::id).containsExactly(node.id());
    }

    @Test
    void aNodeThatWasRemovedLearnsIt() {
        Node node = joined(NOW);

        write(store -> store.removeSilentSince(NOW.plusMillis(1)));

        assertThat(this.<Boolean>write(store -> store.seen(node.id(), NOW))).isFalse();
    }

    @Test
    void aLeaseHasOneHolderUntilItEnds() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();

        assertThat(take(first, NOW)).isEqualTo(new Lease(first, 1, NOW.plus(LASTS)));
        assertThat(take(second, NOW.plusSeconds(4))).isEqualTo(new Lease(first, 1, NOW.plus(LASTS)));
        assertThat(take(first, NOW.plusSeconds(4))).isEqualTo(new Lease(first, 1, NOW.plusSeconds(9)));
        assertThat(take(second, NOW.plusSeconds(9))).isEqualTo(new Lease(second, 2, NOW.plusSeconds(14)));
    }

    @Test
    void whoLetALeaseEndTakesItLikeAnyOther() {
        UUID node = UUID.randomUUID();
        take(node, NOW);

        assertThat(take(node, NOW.plusSeconds(5)).fence()).isEqualTo(2);
    }

    @Test
    void aNodeThatLeavesFreesItsLeases() {
        Node node = joined(NOW);
        UUID other = UUID.randomUUID();
        take(node.id(), NOW);

        write(store -> {
            store.remove(node.id());
            return true;
        });

        assertThat(seenSince(NOW)).isEmpty();
        assertThat(take(other, NOW)).isEqualTo(new Lease(other, 2, NOW.plus(LASTS)));
    }

    @Test
    void aLeaseThatWasNeverTakenIsNotThere() {
        assertThat(this.<Optional<Lease>>read(store -> store.find(lease))).isEmpty();
    }

    @Test
    void nodesThatJoinAtTheSameTimeWaitForEachOther() {
        assertThat(this.<List<Node>>write(store -> {
                    store.lock();
                    return store.seenSince(NOW);
                }))
                .isEmpty();
    }

    private Lease take(UUID node, Instant now) {
        return write(store -> store.take(lease, node, now, LASTS));
    }

    private Node joined(Instant at) {
        var node = new Node(UUID.randomUUID(), "127.0.0.1:8080", "0a1b2c3d", at, at);
        write(store -> {
            store.insert(node);
            return true;
        });
        return node;
    }

    private List<Node> seenSince(Instant since) {
        return read(store -> store.seenSince(since));
    }

    private <T> T read(Function<NodeStore, T> work) {
        return database.read(tx -> work.apply(new NodeStore(tx)));
    }

    private <T> T write(Function<NodeStore, T> work) {
        return database.write(tx -> work.apply(new NodeStore(tx)));
    }
}
