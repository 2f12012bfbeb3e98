package dev.banyan.accounts;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
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

    private void remember(String hash, Instant now) {
        with(store -> {
            store.remember(id, hash, now);
            return hash;
        });
    }

    @Test
    void aDeviceIsKnownToThePersonWhoUsedIt() {
        assertThat(with(store -> store.hasAny(id))).isFalse();
        remember("d1", NOW);

        assertThat(with(store -> store.hasAny(id))).isTrue();
        assertThat(with(store -> store.knows(id, List.of("d0", "d1")))).isTrue();
        assertThat(with(store -> store.knows(id, List.of("d0")))).isFalse();
        assertThat(with(store -> store.knows(other, List.of("d1")))).isFalse();
        assertThat(with(store -> store.hasAny(other))).isFalse();
    }

    @Test
    void aDeviceInUseIsNotForgotten() {
        remember("d1", NOW);
        remember("d2", NOW);
        remember("d1", NOW.plusSeconds(60));

        with(store -> store.deleteSeenBefore(NOW.plusSeconds(1), 1_000));
        assertThat(with(store -> store.knows(id, List.of("d1")))).isTrue();
        assertThat(with(store -> store.knows(id, List.of("d2")))).isFalse();
    }

    @Test
    void mailsAreWantedUntilThePersonSaysNo() {
        assertThat(with(store -> store.wantsMails(id))).isTrue();
        with(store -> {
            store.setMails(id, false, NOW);
            return id;
        });
        assertThat(with(store -> store.wantsMails(id))).isFalse();
        assertThat(with(store -> store.wantsMails(other))).isTrue();
    }
}
