package dev.banyan.accounts.exports;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.exports.AccountExport.State;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class ExportStoreContractTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);

    private final Database database;
    private final Uuids uuids = new Uuids(Clock.systemUTC());

    @SuppressWarnings("NullAway.Init")
    private AccountContext agency;

    @SuppressWarnings("NullAway.Init")
    private AccountId tenant;

    @SuppressWarnings("NullAway.Init")
    private AccountExport export;

    ExportStoreContractTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void anExport() {
        agency = StoredAccounts.agency(database);
        tenant = agency.root().id();
        // Others must not be taken in its place.
        database.write(tx -> tx.sql().execute("DELETE FROM account_exports"));
        export = stored(NOW);
    }

    private AccountExport stored(Instant at) {
        var made = new AccountExport(
                uuids.next(),
                tenant,
                agency.acting().id(),
                agency.acting().username(),
                true,
                State.WAITING,
                0,
                0,
                agency.identity(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                at,
                at,
                Optional.empty(),
                at.plusSeconds(60));
        return database.write(tx -> {
            new ExportStore(tx).insert(tenant, made);
            return made;
        });
    }

    private <T> T with(Function<ExportStore, T> work) {
        return database.write(tx -> work.apply(new ExportStore(tx)));
    }

    private Optional<AccountExport> one(Function<ExportStore, Optional<AccountExport>> work) {
        return with(work);
    }

    private List<AccountExport> all(Function<ExportStore, List<AccountExport>> work) {
        return with(work);
    }

    private boolean is(Function<ExportStore, Boolean> work) {
        return with(work);
    }

    private AccountExport claimed(Instant now) {
        return one(store -> store.claim(now, now.plusSeconds(10))).orElseThrow();
    }

    @Test
    void isFoundAsItWasStored() {
        AccountExport newer = stored(NOW.plusSeconds(1));

        assertThat(one(store -> store.find(tenant, export.id()))).contains(export);
        assertThat(all(store -> store.list(tenant, 10))).containsExactly(newer, export);
        assertThat(all(store -> store.list(tenant, 1))).containsExactly(newer);
        assertThat(all(store -> store.of(new Owner(tenant, export.account()), 10)))
                .containsExactly(export, newer);
        assertThat(all(store -> store.of(new Owner(tenant, uuids.nextAccountId()), 10)))
                .isEmpty();
        assertThat((Object) with(store -> store.unfinished(tenant))).isEqualTo(2);
        assertThat(all(store -> store.unfinishedOr(tenant, List.of()))).containsExactly(export, newer);
    }

    @Test
    void theLongestWaitingIsClaimedByOneServer() {
        AccountExport newer = stored(NOW.plusSeconds(1));
        assertThat(is(store -> store.isAnyWaiting(NOW.minusSeconds(1)))).isFalse();
        assertThat(is(store -> store.isAnyWaiting(NOW))).isTrue();

        AccountExport first = claimed(NOW.plusSeconds(2));
        assertThat(first.id()).isEqualTo(export.id());
        assertThat(first.state()).isEqualTo(State.RUNNING);
        assertThat(first.attempts()).isEqualTo(1);
        assertThat(claimed(NOW.plusSeconds(2)).id()).isEqualTo(newer.id());
        assertThat(one(store -> store.claim(NOW.plusSeconds(3), NOW.plusSeconds(9))))
                .isEmpty();

        // Its server is gone: another one begins again, and the first one ends nothing any more.
        AccountExport second = claimed(NOW.plusSeconds(12));
        assertThat(second.id()).isEqualTo(export.id());
        assertThat(second.attempts()).isEqualTo(2);
        assertThat(is(store -> store.progressed(tenant, first, 5, NOW))).isFalse();
        assertThat(is(store -> store.ready(tenant, first, "path", 1, NOW, NOW))).isFalse();
        assertThat(is(store -> store.failed(tenant, first, "Why."))).isFalse();
        assertThat(is(store -> store.progressed(tenant, second, 5, NOW))).isTrue();
        assertThat(one(store -> store.find(tenant, export.id())).orElseThrow().progress())
                .isEqualTo(5);
    }

    @Test
    void howItEndsIsKept() {
        AccountExport claimed = claimed(NOW);
        assertThat(is(store -> store.ready(tenant, claimed, "a/b.zip", 7, NOW, NOW.plusSeconds(90))))
                .isTrue();

        AccountExport ready = one(store -> store.find(tenant, export.id())).orElseThrow();
        assertThat(ready.isReady()).isTrue();
        assertThat(ready.progress()).isEqualTo(100);
        assertThat(ready.path()).contains("a/b.zip");
        assertThat(ready.size()).contains(7L);
        assertThat(ready.readyAt()).contains(NOW);
        assertThat((Object) with(store -> store.unfinished(tenant))).isEqualTo(0);
        assertThat(all(store -> store.expired(NOW.plusSeconds(89), 10))).isEmpty();
        assertThat(all(store -> store.expired(NOW.plusSeconds(90), 10))).containsExactly(ready);

        AccountExport other = stored(NOW);
        AccountExport failing = claimed(NOW);
        assertThat(is(store -> store.failed(tenant, failing, "Why."))).isTrue();
        assertThat(one(store -> store.find(tenant, other.id())).orElseThrow().problem())
                .contains("Why.");
    }

    @Test
    void isDeleted() {
        assertThat(is(store -> store.delete(tenant, export.id()))).isTrue();
        assertThat(is(store -> store.delete(tenant, export.id()))).isFalse();
    }
}
