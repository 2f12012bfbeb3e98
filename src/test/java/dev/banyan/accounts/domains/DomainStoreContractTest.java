package dev.banyan.accounts.domains;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.domains.Domain.State;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.dns.HostName;
import dev.banyan.workspaces.StoredParticipants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class DomainStoreContractTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);

    private final Database database;
    private final Uuids uuids = new Uuids(Clock.systemUTC());

    @SuppressWarnings("NullAway.Init")
    private Owner owner;

    @SuppressWarnings("NullAway.Init")
    private Domain domain;

    DomainStoreContractTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void aDomain() {
        AccountContext agency = StoredAccounts.agency(database);
        owner = agency.owner();
        domain = stored(owner, "links" + uuids.next() + ".example");
    }

    @Test
    void oldReadingsAreShownForAWhile() {
        database.write(tx -> tx.sql()
                .execute("INSERT INTO old_host_readings VALUES ('link', '" + domain.id() + "', '" + owner.tenant()
                        + "', '" + owner.account() + "', 'https://faß.example/', 1000)"));
        var found = List.of(new OldHostReadingStore.Reading(OldHostReadingStore.Kind.LINK, "https://faß.example/"));
        assertThat(readings(owner)).isEqualTo(found);
        assertThat(database.<Integer>write(tx -> new OldHostReadingStore(tx).forget(Instant.ofEpochMilli(999))))
                .isZero();
        assertThat(readings(owner)).isEqualTo(found);
        assertThat(database.<Integer>write(tx -> new OldHostReadingStore(tx).forget(Instant.ofEpochMilli(1_000))))
                .isEqualTo(1);
        assertThat(readings(owner)).isEmpty();
    }

    private List<OldHostReadingStore.Reading> readings(Owner whose) {
        return database.read(tx -> new OldHostReadingStore(tx).list(whose, 10));
    }

    private <T> T with(Function<DomainStore, T> work) {
        return database.write(tx -> work.apply(new DomainStore(tx)));
    }

    private Optional<Domain> one(Function<DomainStore, Optional<Domain>> work) {
        return with(work);
    }

    private List<Domain> all(Function<DomainStore, List<Domain>> work) {
        return with(work);
    }

    private Domain stored(Owner whose, String host) {
        return stored(whose, host, Optional.empty());
    }

    private Domain stored(Owner whose, String host, Optional<String> workspace) {
        Domain made = Domain.pending(uuids.next(), whose, new HostName(host), Optional.empty(), workspace, NOW);
        return database.write(tx -> {
            new DomainStore(tx).insert(whose, made, NOW);
            return made;
        });
    }

    private Domain checked(Domain before, State state, Instant due) {
        Domain after = before.checked(
                state, Optional.of("Why."), Optional.of(NOW), Optional.of(NOW.plusMillis(1)), NOW.plusMillis(2));
        return database.write(tx -> {
            new DomainStore(tx).checked(owner, after, due);
            return after;
        });
    }

    @Test
    void isFoundAsItWasStored() {
        assertThat(one(store -> store.find(owner, domain.id()))).contains(domain);
        assertThat(one(store -> store.named(owner.tenant(), domain.host()))).contains(domain);
        assertThat(all(store -> store.list(owner, 10))).containsExactly(domain);
        assertThat(all(store -> store.pending(owner, NOW, List.of(), 10))).containsExactly(domain);
        assertThat(all(store -> store.pending(owner, NOW.plusMillis(1), List.of(), 10)))
                .isEmpty();
        assertThat(all(store -> store.pending(owner, NOW.plusMillis(1), List.of(domain.id()), 10)))
                .containsExactly(domain);
        assertThat(one(store -> store.served(domain.host()))).isEmpty();
    }

    @Test
    void whatACheckFoundIsKept() {
        Domain active = checked(domain, State.ACTIVE, NOW.plusSeconds(60));

        assertThat(one(store -> store.served(domain.host()))).contains(active);
        assertThat(all(store -> store.ofPages(owner))).containsExactly(active);
        Domain off = checked(active, State.OFF, NOW.plusSeconds(60));
        assertThat(one(store -> store.served(domain.host()))).isEmpty();
        assertThat(one(store -> store.find(owner, domain.id()))).contains(off);
    }

    @Test
    void aLapsedOneIsKeptAndNotShown() {
        Domain active = checked(domain, State.ACTIVE, NOW.plusSeconds(60));
        Domain lapsing = active.lapsing(Optional.of(new Domain.Lapse(NOW.plusSeconds(9), Optional.of(NOW))));
        Domain lapsed = active.lapsing(Optional.of(new Domain.Lapse(NOW, Optional.empty())));

        lapsing(owner, lapsing);
        assertThat(all(store -> store.ofTenant(owner.tenant()))).containsExactly(lapsing);
        assertThat(all(store -> store.ofPages(owner))).containsExactly(lapsing);
        assertThat(this.<List<AccountId>>with(store -> store.lapsesDue(NOW, 1_000)))
                .contains(owner.tenant());
        assertThat(this.<List<AccountId>>with(store -> store.lapsesDue(NOW.minusMillis(1), 1_000)))
                .doesNotContain(owner.tenant());
        lapsing(new Owner(owner.tenant(), new AccountId(uuids.next())), lapsed);
        assertThat(one(store -> store.find(owner, domain.id()))).contains(lapsing);
        lapsing(owner, lapsed);
        assertThat(all(store -> store.ofPages(owner))).isEmpty();
        assertThat(one(store -> store.served(domain.host()))).contains(lapsed);
        assertThat(this.<List<AccountId>>with(store -> store.lapsesDue(NOW, 1_000)))
                .doesNotContain(owner.tenant());
    }

    private void lapsing(Owner whose, Domain now) {
        database.write(tx -> {
            new DomainStore(tx).lapsing(whose, now);
            return now;
        });
    }

    @Test
    void theLongestWaitingAreDueFirst() {
        Domain second = stored(owner, "second" + uuids.next() + ".example");
        checked(domain, State.PENDING, NOW.plusSeconds(60));

        List<Domain> due = all(store -> store.due(NOW, 1_000));

        assertThat(due).extracting(Domain::id).contains(second.id()).doesNotContain(domain.id());
        assertThat(all(store -> store.due(NOW.plusSeconds(60), 1_000)))
                .extracting(Domain::id)
                .containsSubsequence(second.id(), domain.id());
        assertThat(all(store -> store.due(NOW.plusSeconds(60), 1))).hasSize(1);
    }

    @Test
    void isDeleted() {
        assertThat((Object) with(store -> store.delete(owner, domain.id()))).isEqualTo(true);
        assertThat((Object) with(store -> store.delete(owner, domain.id()))).isEqualTo(false);
        stored(owner, "a" + uuids.next() + ".example");
        stored(owner, "b" + uuids.next() + ".example");
        assertThat((Object) with(store -> store.deleteSome(owner, 1))).isEqualTo(1);
        assertThat((Object) with(store -> store.deleteSome(owner, 10))).isEqualTo(1);
    }

    @Test
    void aHostIsOfItsWorkspaceUntilItIsReleased() {
        String workspace = StoredParticipants.in(database, owner).workspace().value();
        String another = StoredParticipants.in(database, owner).workspace().value();
        Domain first = ofWorkspace(workspace);
        Domain second = ofWorkspace(workspace);

        assertThat(all(store -> store.ofWorkspace(owner, workspace))).containsExactly(first, second);
        assertThat(all(store -> store.ofWorkspace(owner, another))).isEmpty();
        with(store -> {
            store.release(owner, first.id());
            return true;
        });
        assertThat(all(store -> store.ofWorkspace(owner, workspace))).containsExactly(second);
        assertThat(one(store -> store.find(owner, first.id())))
                .get()
                .matches(found -> found.workspace().isEmpty());
    }

    private Domain ofWorkspace(String workspace) {
        return stored(owner, "workspace" + uuids.next() + ".example", Optional.of(workspace));
    }
}
