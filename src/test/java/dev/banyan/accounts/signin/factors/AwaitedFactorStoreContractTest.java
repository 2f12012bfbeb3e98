package dev.banyan.accounts.signin.factors;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class AwaitedFactorStoreContractTest {

    private static final Instant END = NOW.plus(Duration.ofMinutes(10));

    private final Database database;
    private final IdentityId id;

    AwaitedFactorStoreContractTest(Database database) {
        this.database = database;
        this.id = StoredAccounts.agency(database).identity();
    }

    private <T> T with(Function<AwaitedFactorStore, T> work) {
        return database.write(tx -> work.apply(new AwaitedFactorStore(tx)));
    }

    private boolean is(Predicate<AwaitedFactorStore> work) {
        return with(work::test);
    }

    private Optional<AwaitedFactorStore.Awaited> found(
            Function<AwaitedFactorStore, Optional<AwaitedFactorStore.Awaited>> work) {
        return with(work);
    }

    private int count(ToIntFunction<AwaitedFactorStore> work) {
        return with(work::applyAsInt);
    }

    private String begin(IdentityId identity) {
        String hash = Digests.sha256Hex(Digests.newToken());
        with(store -> {
            store.insert(identity, hash, END);
            return hash;
        });
        return hash;
    }

    @Test
    void aSignInIsAwaitedUntilItExpires() {
        String hash = begin(id);

        assertThat(found(store -> store.find(hash, END.minusMillis(1))))
                .contains(new AwaitedFactorStore.Awaited(id, 0, Optional.empty(), Optional.empty()));
        assertThat(found(store -> store.find(hash, END))).isEmpty();
        assertThat(found(store -> store.find(Digests.sha256Hex("guess"), NOW))).isEmpty();
        assertThat(is(store -> store.delete(hash))).isTrue();
        assertThat(is(store -> store.delete(hash))).as("a second time").isFalse();
    }

    @Test
    void triesRunOut() {
        String hash = begin(id);

        assertThat(is(store -> store.claimTry(hash, 2))).isTrue();
        assertThat(is(store -> store.claimTry(hash, 2))).isTrue();
        assertThat(is(store -> store.claimTry(hash, 2))).isFalse();
        assertThat(found(store -> store.find(hash, NOW)).orElseThrow().tries()).isEqualTo(2);
    }

    @Test
    void aCodeIsMailedOnceWithinTheCooldown() {
        String hash = begin(id);
        Duration cooldown = Duration.ofMinutes(1);

        assertThat(putCode(hash, "c1", NOW, cooldown)).isTrue();
        assertThat(putCode(hash, "c2", NOW.plusSeconds(59), cooldown)).isFalse();
        assertThat(found(store -> store.find(hash, NOW)).orElseThrow().codeHash())
                .contains("c1");
        assertThat(putCode(hash, "c3", NOW.plusSeconds(60), cooldown)).isTrue();
        assertThat(found(store -> store.find(hash, NOW)).orElseThrow().codeHash())
                .contains("c3");
    }

    private boolean putCode(String hash, String code, Instant now, Duration cooldown) {
        return with(store -> store.putCode(hash, code, now, now.minus(cooldown)));
    }

    @Test
    void allOfOnePersonEnd() {
        IdentityId other = StoredAccounts.agency(database).identity();
        String first = begin(id);
        String second = begin(id);
        String kept = begin(other);

        with(store -> {
            store.deleteAll(id);
            return id;
        });
        assertThat(found(store -> store.find(first, NOW))).isEmpty();
        assertThat(found(store -> store.find(second, NOW))).isEmpty();
        assertThat(found(store -> store.find(kept, NOW))).isPresent();
    }

    @Test
    void expiredOnesAreForgotten() {
        String hash = begin(id);

        with(store -> store.deleteExpired(END.minusMillis(1)));
        assertThat(found(store -> store.find(hash, NOW))).isPresent();
        assertThat(count(store -> store.deleteExpired(END))).isPositive();
        assertThat(found(store -> store.find(hash, NOW))).isEmpty();
    }
}
