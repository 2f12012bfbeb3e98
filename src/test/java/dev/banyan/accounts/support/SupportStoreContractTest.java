package dev.banyan.accounts.support;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.SupportAccess;
import dev.banyan.accounts.SupportStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.OnBehalf;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class SupportStoreContractTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));

    private final Database database;
    private final Uuids uuids = new Uuids(Clock.systemUTC());

    @SuppressWarnings("NullAway.Init")
    private AccountContext agency;

    @SuppressWarnings("NullAway.Init")
    private AccountContext other;

    SupportStoreContractTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void agencies() {
        agency = StoredAccounts.agency(database);
        other = StoredAccounts.agency(database);
    }

    private <T> T with(Function<SupportStore, T> work) {
        return database.write(tx -> work.apply(new SupportStore(tx)));
    }

    private Optional<Instant> consent(AccountId tenant, Instant now) {
        return with(store -> store.consent(tenant, now));
    }

    private boolean withdraw(AccountId tenant) {
        return with(store -> store.withdraw(tenant));
    }

    private Optional<SupportAccess> find(AccountId tenant, UUID id) {
        return with(store -> store.find(tenant, id));
    }

    private List<SupportAccess> list(AccountId tenant, int limit) {
        return with(store -> store.list(tenant, limit));
    }

    private List<SupportAccess> unended(AccountId tenant) {
        return with(store -> store.unended(tenant));
    }

    private boolean end(AccountId tenant, UUID id, SupportAccess.End by, Instant now) {
        return with(store -> store.end(tenant, id, by, now));
    }

    private List<SupportAccess> over(Instant now, int limit) {
        return with(store -> store.over(now, limit));
    }

    private Optional<OnBehalf> actingFor(SupportAccess access, Instant now) {
        return with(store -> store.acting(access.operator(), access.id(), now));
    }

    private AccountId tenant() {
        return agency.root().id();
    }

    private SupportAccess stored(boolean begun, Instant expiresAt) {
        var access = new SupportAccess(
                uuids.next(),
                tenant(),
                other.identity(),
                "Numbers don’t link",
                false,
                NOW,
                Optional.of(NOW).filter(_ -> begun),
                expiresAt,
                Optional.empty(),
                Optional.empty());
        database.write(tx -> {
            new SupportStore(tx).insert(tenant(), access);
            return access;
        });
        return access;
    }

    @Test
    void consentEndsByTimeOrWhenItIsWithdrawn() {
        assertThat(consent(tenant(), NOW)).isEmpty();
        database.write(tx -> {
            var store = new SupportStore(tx);
            store.allow(tenant(), agency.identity(), NOW, LATER);
            return tx;
        });
        assertThat(consent(tenant(), NOW)).contains(LATER);
        assertThat(consent(tenant(), LATER)).isEmpty();
        assertThat(consent(other.root().id(), NOW)).isEmpty();
        assertThat(withdraw(other.root().id())).isFalse();
        assertThat(withdraw(tenant())).isTrue();
        assertThat(consent(tenant(), NOW)).isEmpty();
    }

    @Test
    void anAccessIsFoundByItsAccountAndEndsOnce() {
        SupportAccess access = stored(true, LATER);
        assertThat(find(tenant(), access.id())).contains(access);
        assertThat(find(other.root().id(), access.id())).isEmpty();
        assertThat(list(tenant(), 10)).containsExactly(access);
        assertThat(list(other.root().id(), 10)).isEmpty();
        assertThat(unended(tenant())).containsExactly(access);
        assertThat(end(other.root().id(), access.id(), SupportAccess.End.OWNER, NOW))
                .isFalse();
        assertThat(end(tenant(), access.id(), SupportAccess.End.OWNER, NOW)).isTrue();
        assertThat(end(tenant(), access.id(), SupportAccess.End.TIME, NOW)).isFalse();
        assertThat(unended(tenant())).isEmpty();
        assertThat(find(tenant(), access.id()).orElseThrow())
                .matches(ended -> !ended.isOpen(NOW))
                .extracting(SupportAccess::end)
                .isEqualTo(Optional.of(SupportAccess.End.OWNER));
    }

    @Test
    void itIsOverByTimeAndWithoutItsSession() {
        SupportAccess acting = stored(true, LATER);
        SupportAccess waiting = stored(false, LATER);
        SupportAccess lonely = stored(true, LATER);
        String session = "hash of " + acting.id();
        database.write(tx -> {
            var sessions = new SessionStore(tx);
            sessions.insert(session, other.identity(), Device.UNKNOWN, NOW, LATER.plusSeconds(60));
            sessions.actFor(session, acting.onBehalf());
            return tx;
        });
        assertThat(over(NOW, 100)).contains(lonely).doesNotContain(acting, waiting);
        assertThat(over(LATER, 100)).contains(acting, waiting, lonely);
        assertThat(database.read(tx -> new SessionStore(tx).find(session, NOW))
                        .orElseThrow()
                        .support())
                .contains(acting.id());
        assertThat(actingFor(acting, NOW)).contains(acting.onBehalf());
        assertThat(actingFor(acting, LATER)).isEmpty();
        assertThat(actingFor(waiting, NOW)).isEmpty();
        Optional<OnBehalf> another = with(store -> store.acting(agency.identity(), acting.id(), NOW));
        assertThat(another).as("another person's").isEmpty();
        end(tenant(), lonely.id(), SupportAccess.End.OWNER, NOW);
        assertThat(actingFor(lonely, NOW)).isEmpty();
        database.write(tx -> {
            new SessionStore(tx).actForOneself(session);
            return tx;
        });
        assertThat(over(NOW, 100)).contains(acting);
    }
}
