package dev.banyan.accounts.signin;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class DeviceStoreContractTest {

    private final Database database;
    private final IdentityId id;
    private final IdentityId other;

    DeviceStoreContractTest(Database database) {
        this.database = database;
        this.id = StoredAccounts.agency(database).identity();
        this.other = StoredAccounts.agency(database).identity();
    }

    private <T> T with(Function<DeviceStore, T> work) {
        return database.write(tx -> work.apply(new DeviceStore(tx)));
    }

    private boolean is(Predicate<DeviceStore> work) {
        return with(work::test);
    }

    private void remember(String hash, Instant now) {
        with(store -> {
            store.remember(id, List.of(hash), now);
            return hash;
        });
    }

    @Test
    void aDeviceIsKnownToThePersonWhoUsedIt() {
        assertThat(is(store -> store.hasAny(id))).isFalse();
        remember("d1", NOW);

        assertThat(is(store -> store.hasAny(id))).isTrue();
        assertThat(is(store -> store.knows(id, List.of("d0", "d1")))).isTrue();
        assertThat(is(store -> store.knows(id, List.of("d0")))).isFalse();
        assertThat(is(store -> store.knows(other, List.of("d1")))).isFalse();
        assertThat(is(store -> store.hasAny(other))).isFalse();
    }

    @Test
    void aDeviceInUseIsNotForgotten() {
        remember("d1", NOW);
        remember("d2", NOW);
        remember("d1", NOW.plusSeconds(60));

        with(store -> store.deleteSeenBefore(NOW.plusSeconds(1), 1_000));
        assertThat(is(store -> store.knows(id, List.of("d1")))).isTrue();
        assertThat(is(store -> store.knows(id, List.of("d2")))).isFalse();
    }

    @Test
    void aNetworkIsKnownToThePersonUntilItIsOld() {
        remember("n1", NOW);

        assertThat(is(store -> store.knowsSince(id, "n1", NOW))).isTrue();
        assertThat(is(store -> store.knowsSince(id, "n1", NOW.plusMillis(1)))).isFalse();
        assertThat(is(store -> store.knowsSince(id, "n0", NOW))).isFalse();
        assertThat(is(store -> store.knowsSince(other, "n1", NOW))).isFalse();
    }

    @Test
    void mailsAreWantedUntilThePersonSaysNo() {
        assertThat(is(store -> store.wantsMails(id))).isTrue();
        with(store -> {
            store.setMails(id, false, NOW);
            return id;
        });
        assertThat(is(store -> store.wantsMails(id))).isFalse();
        assertThat(is(store -> store.wantsMails(other))).isTrue();
    }

    @Test
    void onlyThePersonsDevicesAreForgotten() {
        remember("d1", NOW);
        remember("d2", NOW);
        with(store -> {
            store.remember(other, List.of("d1"), NOW);
            return other;
        });

        with(store -> {
            store.forget(id);
            return id;
        });

        assertThat(is(store -> store.hasAny(id))).isFalse();
        assertThat(is(store -> store.knows(other, List.of("d1")))).isTrue();
    }
}
