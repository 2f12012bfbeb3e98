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
class PasskeyStoreContractTest {

    private final Database database;
    private final IdentityId id;
    private final IdentityId other;

    PasskeyStoreContractTest(Database database) {
        this.database = database;
        this.id = StoredAccounts.agency(database).identity();
        this.other = StoredAccounts.agency(database).identity();
    }

    private boolean is(Predicate<PasskeyStore> work) {
        return database.write(tx -> work.test(new PasskeyStore(tx)));
    }

    private List<Passkey> list(IdentityId identity) {
        return database.read(tx -> new PasskeyStore(tx).list(identity));
    }

    private Optional<Passkey> find(String credentialId) {
        return database.read(tx -> new PasskeyStore(tx).find(credentialId));
    }

    private int count(Function<PasskeyStore, Integer> work) {
        return database.write(tx -> work.apply(new PasskeyStore(tx)));
    }

    private static Passkey passkey(IdentityId identity, String name) {
        return new Passkey(
                Digests.newToken(), identity, name, "cHVibGlj", 3, List.of("internal", "usb"), NOW, Optional.empty());
    }

    @Test
    void aPasskeyIsKeptOnceAndFoundByItsNameAlone() {
        Passkey phone = passkey(id, "Phone");
        assertThat(is(store -> store.insert(phone))).isTrue();
        assertThat(is(store -> store.insert(phone))).as("a second time").isFalse();

        assertThat(find(phone.credentialId())).contains(phone);
        assertThat(find(Digests.newToken())).isEmpty();
        assertThat(list(id)).containsExactly(phone);
        assertThat(list(other)).isEmpty();
        assertThat(count(store -> store.count(id))).isEqualTo(1);
    }

    @Test
    void aUseCountsOnlyFromWhereItWasLookedAt() {
        Passkey phone = passkey(id, "Phone");
        is(store -> store.insert(phone));

        assertThat(is(store -> store.use(other, phone.credentialId(), 3, 4, NOW)))
                .isFalse();
        assertThat(is(store -> store.use(id, phone.credentialId(), 3, 4, NOW.plusSeconds(1))))
                .isTrue();
        assertThat(is(store -> store.use(id, phone.credentialId(), 3, 5, NOW)))
                .as("from before")
                .isFalse();
        Passkey used = find(phone.credentialId()).orElseThrow();
        assertThat(used.signCount()).isEqualTo(4);
        assertThat(used.usedAt()).contains(NOW.plusSeconds(1));
    }

    @Test
    void aPersonRemovesTheirOwn() {
        Passkey phone = passkey(id, "Phone");
        Passkey key = passkey(id, "Key");
        Passkey theirs = passkey(other, "Phone");
        List.of(phone, key, theirs).forEach(passkey -> is(store -> store.insert(passkey)));

        assertThat(is(store -> store.delete(other, phone.credentialId()))).isFalse();
        assertThat(is(store -> store.delete(id, phone.credentialId()))).isTrue();
        assertThat(list(id)).containsExactly(key);
        assertThat(count(store -> store.deleteAll(id))).isEqualTo(1);
        assertThat(list(id)).isEmpty();
        assertThat(list(other)).containsExactly(theirs);
    }

    @Test
    void thoseOfBeforeGoAndLaterOnesStay() {
        Passkey phone = passkey(id, "Phone");
        Passkey theirs = passkey(other, "Phone");
        List.of(phone, theirs).forEach(passkey -> is(store -> store.insert(passkey)));

        deleteAddedBefore(phone.createdAt());
        assertThat(list(id)).containsExactly(phone);
        deleteAddedBefore(phone.createdAt().plusMillis(1));
        assertThat(list(id)).isEmpty();
        assertThat(list(other)).containsExactly(theirs);
    }

    private void deleteAddedBefore(Instant end) {
        database.write(tx -> {
            new PasskeyStore(tx).deleteAddedBefore(id, end);
            return end;
        });
    }

    @Test
    void aChallengeIsAnsweredOnce() {
        String challenge = Digests.sha256Hex(Digests.newToken());

        assertThat(is(store -> store.claimChallenge(challenge, NOW))).isTrue();
        assertThat(is(store -> store.claimChallenge(challenge, NOW))).isFalse();
        count(store -> store.deleteChallengesBefore(NOW.minusMillis(1)));
        assertThat(is(store -> store.claimChallenge(challenge, NOW))).isFalse();
        assertThat(count(store -> store.deleteChallengesBefore(NOW))).isPositive();
        assertThat(is(store -> store.claimChallenge(challenge, NOW))).isTrue();
    }

    @Test
    void theLastPasskeyTakesTheSecondFactorWithItWhereThereIsNoOther() {
        database.write(tx -> {
            new PasskeyStore(tx).insert(passkey(id, "Phone"));
            var factors = new SecondFactorStore(tx);
            factors.enablePasskeys(id, NOW);
            factors.putWaitingCodes(id, List.of("b1"));
            factors.takeWaitingCodes(id);
            return id;
        });
        assertThat(factor().passkey()).isTrue();
        assertThat(factor().methods()).containsExactly("passkey", "backup");

        database.write(tx -> {
            new PasskeyStore(tx).deleteAll(id);
            new SecondFactorStore(tx).disablePasskeys(id, NOW);
            return id;
        });
        assertThat(factor()).isEqualTo(SecondFactor.NONE);
    }

    private SecondFactor factor() {
        return database.read(tx -> new SecondFactorStore(tx).find(id));
    }
}
