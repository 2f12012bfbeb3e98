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
class AccountLeaseStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final int MANY = 100_000;

    private final Database database;
    private final AccountId account;
    private final AccountId other;
    private final UUID one;
    private final UUID two;

    AccountLeaseStoreContractTest(Database database) {
        this.database = database;
        this.account = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.other = StoredAccounts.owner(database, Tier.FREE).root().id();
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
    void anAccountIsTakenOnce() {
        assertThat(take(account, one, NOW)).isTrue();
        assertThat(take(account, two, NOW)).isFalse();
        assertThat(take(account, one, NOW)).as("again by the same").isTrue();

        assertThat(holder(account)).contains(one);
        assertThat(holder(other)).isEmpty();
    }

    @Test
    void anAccountOfASilentNodeIsFree() {
        take(account, one, NOW);
        Instant later = NOW.plusSeconds(6);
        database.write(tx -> new NodeStore(tx).seen(two, later));

        assertThat(takeFree(two, NOW, MANY)).doesNotContain(account);
        assertThat(take(account, two, later)).isTrue();
        assertThat(take(account, one, later)).as("it has come back").isFalse();
        assertThat(holder(account)).contains(two);
    }

    @Test
    void anAccountIsGivenToAnotherNode() {
        take(account, one, NOW);

        write(store -> store.give(account, two, Optional.of(two)));
        assertThat(holder(account)).as("only its node can give it").contains(one);

        write(store -> store.give(account, one, Optional.of(two)));
        assertThat(holder(account)).contains(two);

        write(store -> store.give(account, two, Optional.empty()));
        assertThat(holder(account)).isEmpty();
        assertThat(takeFree(one, NOW, MANY)).contains(account);
    }

    @Test
    void theAccountsOfASilentNodeAreTakenTogetherAndOnce() {
        take(account, one, NOW);
        take(other, one, NOW.plusMillis(1));
        Instant later = NOW.plusSeconds(6);
        UUID three = seen(later);
        database.write(tx -> new NodeStore(tx).seen(two, later));
        takeFree(two, NOW, MANY); // what other tests have left

        assertThat(takeFree(two, later, 1)).as("the one left the longest").containsExactly(account);
        assertThat(takeFree(three, later, MANY)).containsExactly(other);

        assertThat(takeFree(two, later, MANY)).isEmpty();
        assertThat(holder(account)).contains(two);
        assertThat(holder(other)).contains(three);
        assertThat(take(account, one, later)).as("it has come back").isFalse();
    }

    @Test
    void knownAccountsAreFreeUntilANodeTakesThem() {
        take(account, one, NOW);

        write(store -> store.add(List.of(account, other)));

        assertThat(takeFree(two, NOW, MANY)).contains(other).doesNotContain(account);
        assertThat(this.<List<AccountId>>read(store -> store.of(one))).containsExactly(account);
        assertThat(this.<Integer>read(store -> store.counts().getOrDefault(one, 0)))
                .isEqualTo(1);
    }

    private List<AccountId> takeFree(UUID node, Instant alive, int limit) {
        return database.write(tx -> new AccountLeaseStore(tx).takeFree(node, alive, alive, limit));
    }

    private Optional<UUID> holder(AccountId of) {
        return read(store -> store.holder(of));
    }

    private boolean take(AccountId which, UUID node, Instant alive) {
        return database.write(tx -> new AccountLeaseStore(tx).take(which, node, alive, alive));
    }

    private interface Work {
        void on(AccountLeaseStore store);
    }

    private void write(Work work) {
        database.write(tx -> {
            work.on(new AccountLeaseStore(tx));
            return true;
        });
    }

    private <T> T read(Function<AccountLeaseStore, T> reading) {
        return database.read(tx -> reading.apply(new AccountLeaseStore(tx)));
    }
}
