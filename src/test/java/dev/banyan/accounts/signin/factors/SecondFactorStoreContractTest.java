package dev.banyan.accounts.signin.factors;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.signin.factors.SecondFactorStore.Waiting;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class SecondFactorStoreContractTest {

    private static final Instant END = NOW.plus(Duration.ofHours(1));

    private final Database database;
    private final AccountContext person;
    private final IdentityId id;
    private final IdentityId other;

    SecondFactorStoreContractTest(Database database) {
        this.database = database;
        this.person = StoredAccounts.agency(database);
        this.id = person.identity();
        this.other = StoredAccounts.agency(database).identity();
    }

    private <T> T with(Function<SecondFactorStore, T> work) {
        return database.write(tx -> work.apply(new SecondFactorStore(tx)));
    }

    private boolean is(Predicate<SecondFactorStore> work) {
        return with(work::test);
    }

    private SecondFactor factor(Function<SecondFactorStore, SecondFactor> work) {
        return with(work);
    }

    private Optional<Waiting> waiting(Function<SecondFactorStore, Optional<Waiting>> work) {
        return with(work);
    }

    private List<String> codes(Function<SecondFactorStore, List<String>> work) {
        return with(work);
    }

    private Map<IdentityId, String> people(Function<SecondFactorStore, Map<IdentityId, String>> work) {
        return with(work);
    }

    private void wait(String secret, String... codes) {
        with(store -> {
            store.putWaiting(id, new Waiting(Optional.of(secret), Optional.empty()), END, NOW);
            store.putWaitingCodes(id, List.of(codes));
            return store;
        });
    }

    @Test
    void allGoWhereTheOldestOfThemIsOfBefore() {
        wait("sealed", "b1");
        with(store -> store.enableTotp(id, "sealed", 7, NOW));
        with(store -> store.enableEmail(id, Optional.empty(), NOW.plusSeconds(60)));

        deleteAddedBefore(other, NOW.plusSeconds(90));
        deleteAddedBefore(id, NOW);
        assertThat(factor(store -> store.find(id)).isOn()).isTrue();
        deleteAddedBefore(id, NOW.plusSeconds(30));
        assertThat(factor(store -> store.find(id)).isOn()).isFalse();
    }

    @Test
    void oneKindIsSwitchedOffAndTheCodesStayForTheOther() {
        wait("sealed", "b1");
        with(store -> store.enableTotp(id, "sealed", 7, NOW));
        with(store -> store.enableEmail(id, Optional.empty(), NOW));
        with(store -> {
            store.takeWaitingCodes(id);
            return store;
        });

        assertThat(is(store -> store.disable(other, FactorKind.EMAIL, NOW))).isFalse();
        assertThat(is(store -> store.disable(id, FactorKind.EMAIL, NOW))).isTrue();
        assertThat(is(store -> store.disable(id, FactorKind.EMAIL, NOW)))
                .as("twice")
                .isFalse();
        SecondFactor left = with(store -> store.find(id));
        assertThat(left.email()).isFalse();
        assertThat(left.totpSecret()).contains("sealed");
        assertThat(codes(store -> store.backupCodes(id))).containsExactly("b1");
        assertThat(is(store -> store.disable(other, FactorKind.TOTP, NOW))).isFalse();
        assertThat(is(store -> store.disable(id, FactorKind.TOTP, NOW))).isTrue();
        assertThat(codes(store -> store.backupCodes(id))).as("nothing is on").isEmpty();
        assertThat(is(store -> store.disable(id, FactorKind.BOTH, NOW))).isFalse();
    }

    private void deleteAddedBefore(IdentityId identity, Instant end) {
        with(store -> {
            store.deleteAddedBefore(identity, end);
            return store;
        });
    }

    @Test
    void whatIsBeingSetUpHoldsOnlyOnceItIsProved() {
        wait("sealed", "b1", "b2");

        assertThat(factor(store -> store.find(id)).isOn()).isFalse();
        assertThat(codes(store -> store.backupCodes(id))).isEmpty();
        assertThat(waiting(store -> store.waiting(id, END.minusMillis(1))))
                .contains(new Waiting(Optional.of("sealed"), Optional.empty()));
        assertThat(waiting(store -> store.waiting(id, END))).as("after an hour").isEmpty();
        assertThat(waiting(store -> store.waiting(other, NOW))).isEmpty();

        assertThat(is(store -> store.enableTotp(id, "another", 7, NOW)))
                .as("what does not wait")
                .isFalse();
        assertThat(is(store -> store.enableTotp(id, "sealed", 7, NOW))).isTrue();
        assertThat(is(store -> store.enableTotp(id, "sealed", 8, NOW)))
                .as("a second time")
                .isFalse();
        with(store -> {
            store.takeWaitingCodes(id);
            return store;
        });

        SecondFactor factor = with(store -> store.find(id));
        assertThat(factor.totpSecret()).contains("sealed");
        assertThat(factor.totpStep()).isEqualTo(7);
        assertThat(factor.backupCodes()).isEqualTo(2);
        assertThat(factor(store -> store.find(other))).isEqualTo(SecondFactor.NONE);
    }

    @Test
    void anotherSetUpLeavesWhatHolds() {
        wait("first", "b1");
        with(store -> store.enableTotp(id, "first", 7, NOW));
        with(store -> {
            store.takeWaitingCodes(id);
            return store;
        });
        wait("second", "b2");

        assertThat(factor(store -> store.find(id)).totpSecret()).contains("first");
        assertThat(codes(store -> store.backupCodes(id))).containsExactly("b1");
        with(store -> {
            store.takeWaitingCodes(id);
            return store;
        });
        assertThat(codes(store -> store.backupCodes(id))).containsExactly("b2");
    }

    @Test
    void whatIsForgottenNoLongerWaitsAndWhatHoldsGoesOn() {
        wait("first", "b1");
        with(store -> store.enableTotp(id, "first", 7, NOW));
        with(store -> {
            store.takeWaitingCodes(id);
            store.putWaiting(id, new Waiting(Optional.empty(), Optional.of("mailed")), END, NOW);
            store.putWaitingCodes(id, List.of("b2"));
            store.forgetWaiting(id);
            return store;
        });

        assertThat(waiting(store -> store.waiting(id, NOW))).isEmpty();
        assertThat(is(store -> store.enableEmail(id, Optional.of("mailed"), NOW)))
                .isFalse();
        with(store -> {
            store.takeWaitingCodes(id);
            return store;
        });
        assertThat(factor(store -> store.find(id)).totpSecret()).contains("first");
        assertThat(factor(store -> store.find(id)).email()).isFalse();
        assertThat(codes(store -> store.backupCodes(id))).containsExactly("b1");
    }

    @Test
    void aTimeStepIsAcceptedOnce() {
        wait("sealed");
        with(store -> store.enableTotp(id, "sealed", 7, NOW));

        assertThat(is(store -> store.acceptStep(id, 7))).isFalse();
        assertThat(is(store -> store.acceptStep(id, 6))).isFalse();
        assertThat(is(store -> store.acceptStep(id, 8))).isTrue();
        assertThat(is(store -> store.acceptStep(id, 8))).isFalse();
        assertThat(is(store -> store.acceptStep(other, 9))).isFalse();
    }

    @Test
    void aBackupCodeIsUsedOnceAndByItsOwner() {
        wait("sealed", "b1", "b2");
        assertThat(is(store -> store.useBackupCode(id, "b1"))).as("waits").isFalse();
        with(store -> {
            store.takeWaitingCodes(id);
            return store;
        });

        assertThat(is(store -> store.useBackupCode(other, "b1"))).isFalse();
        assertThat(is(store -> store.useBackupCode(id, "b1"))).isTrue();
        assertThat(is(store -> store.useBackupCode(id, "b1"))).isFalse();
        assertThat(codes(store -> store.backupCodes(id))).containsExactly("b2");
    }

    /// Two browsers with the same code at the same moment: only one is accepted.
    @Test
    void ofManyAtOnceOneUsesTheBackupCodeAndOneTheTimeStep() {
        wait("sealed", "b1", "b2");
        with(store -> store.enableTotp(id, "sealed", 7, NOW));
        with(store -> {
            store.takeWaitingCodes(id);
            return store;
        });

        assertThat(AtOnce.run(12, _ -> is(store -> store.useBackupCode(id, "b1"))))
                .containsOnlyOnce(true);
        assertThat(AtOnce.run(12, _ -> is(store -> store.acceptStep(id, 8)))).containsOnlyOnce(true);
        assertThat(codes(store -> store.backupCodes(id))).containsExactly("b2");
    }

    @Test
    void peopleWithASecondFactorAreListedInTheirAccount() {
        wait("sealed");
        assertThat(people(store -> store.people(person.root().id(), 10))).isEmpty();
        with(store -> {
            store.enableEmail(id, Optional.empty(), NOW);
            return store;
        });

        assertThat(people(store -> store.people(person.root().id(), 10))).containsOnlyKeys(id);
        AccountContext stranger = StoredAccounts.agency(database);
        assertThat(people(store -> store.people(stranger.root().id(), 10))).isEmpty();
    }

    @Test
    void deletingTakesTheCodesToo() {
        wait("sealed", "b1");
        assertThat(is(store -> store.delete(id))).as("nothing held").isFalse();
        wait("sealed", "b1");
        with(store -> store.enableTotp(id, "sealed", 7, NOW));
        with(store -> {
            store.takeWaitingCodes(id);
            return store;
        });

        assertThat(is(store -> store.delete(other))).isFalse();
        assertThat(factor(store -> store.find(id)).isOn()).isTrue();
        assertThat(is(store -> store.delete(id))).isTrue();
        assertThat(factor(store -> store.find(id))).isEqualTo(SecondFactor.NONE);
        assertThat(codes(store -> store.backupCodes(id))).isEmpty();
    }
}
