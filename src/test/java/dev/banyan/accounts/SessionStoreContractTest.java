package dev.banyan.accounts;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static dev.banyan.schema.Tables.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class SessionStoreContractTest {

    private static final Instant END = NOW.plus(Duration.ofDays(7));

    private final Database database;
    private final AccountContext person;

    SessionStoreContractTest(Database database) {
        this.database = database;
        this.person = StoredAccounts.agency(database);
    }

    @Test
    void aSessionIsFoundUntilItEnds() {
        String session = open();

        assertThat(find(session, NOW))
                .contains(new SessionStore.Found(
                        person.identity(), false, NOW, NOW, END, Optional.empty(), Optional.empty()));
        assertThat(find(session, END.minusMillis(1))).isPresent();
        assertThat(find(session, END)).isEmpty();
        assertThat(find("0".repeat(64), NOW)).isEmpty();
    }

    @Test
    void aSessionOfAnOperatorSaysSo() {
        String session = open();
        database.write(tx -> {
            new IdentityStore(tx).insertOperator(person.identity(), NOW);
            return "done";
        });

        assertThat(find(session, NOW).map(SessionStore.Found::operator)).contains(true);
    }

    @Test
    void aSessionGoesOnUnderAnotherToken() {
        String session = open();
        String other = open();
        String fresh = Digests.sha256Hex(Digests.newToken());
        Instant later = NOW.plus(Duration.ofDays(6));

        assertThat(rotate(session, fresh, later)).isTrue();

        assertThat(find(session, later)).isEmpty();
        assertThat(successor(session, later)).contains(fresh);
        assertThat(successor(session, later.plusSeconds(10))).isEmpty();
        assertThat(find(fresh, END))
                .contains(new SessionStore.Found(
                        person.identity(),
                        false,
                        NOW,
                        later,
                        later.plus(Duration.ofDays(7)),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(find(other, NOW)).isPresent();
        assertThat(rotate(session, Digests.sha256Hex("again"), later))
                .as("a second time")
                .isFalse();
        assertThat(rotate(other, Digests.sha256Hex("late"), END))
                .as("after its end")
                .isFalse();
    }

    private boolean rotate(String session, String fresh, Instant now) {
        return database.write(tx ->
                new SessionStore(tx).rotate(session, fresh, now, now.plus(Duration.ofDays(7)), now.plusSeconds(10)));
    }

    private Optional<String> successor(String former, Instant now) {
        return database.read(tx -> new SessionStore(tx).successor(former, now));
    }

    @Test
    void allSessionsOfAPersonEndButOne() {
        String kept = open();
        String other = open();
        AccountContext somebody = StoredAccounts.agency(database);
        String theirs = Digests.sha256Hex(Digests.newToken());
        write(store -> store.insert(theirs, somebody.identity(), Device.UNKNOWN, NOW, END));

        write(store -> store.deleteOthers(person.identity(), kept));

        assertThat(find(kept, NOW)).isPresent();
        assertThat(find(other, NOW)).isEmpty();
        assertThat(find(theirs, NOW)).isPresent();
    }

    @Test
    void aRenewedSessionLivesLonger() {
        String session = open();
        Instant later = NOW.plus(Duration.ofDays(6));

        write(store -> store.renew(session, later, later.plus(Duration.ofDays(7))));

        assertThat(find(session, END.plusMillis(1)).map(SessionStore.Found::renewedAt))
                .contains(later);
    }

    @Test
    void aProofIsKeptPerSessionAndSurvivesANewToken() {
        String session = open();
        String other = open();
        String fresh = Digests.sha256Hex(Digests.newToken());
        Instant later = NOW.plus(Duration.ofHours(1));

        assertThat(provedAt(session)).contains(NOW);
        write(store -> store.prove(session, later));
        assertThat(rotate(session, fresh, later.plusSeconds(1))).isTrue();

        assertThat(provedAt(fresh)).contains(later);
        assertThat(provedAt(other)).contains(NOW);
        assertThat(provedAt(session)).isEmpty();
    }

    private Optional<Instant> provedAt(String session) {
        return database.read(tx -> new SessionStore(tx).provedAt(session));
    }

    @Test
    void theActiveAccountIsKeptPerSession() {
        AccountId brand = StoredAccounts.brandOf(database, person).acting().id();
        String session = open();
        String other = open();

        write(store -> store.setActiveAccount(session, Optional.of(brand)));
        assertThat(active(session)).contains(brand);
        assertThat(active(other)).isEmpty();

        write(store -> store.setActiveAccount(session, Optional.empty()));
        assertThat(active(session)).isEmpty();
    }

    @Test
    void theSessionOutlivesItsActiveAccount() {
        AccountId brand = StoredAccounts.brandOf(database, person).acting().id();
        String session = open();
        write(store -> store.setActiveAccount(session, Optional.of(brand)));

        database.write(
                tx -> tx.sql().deleteFrom(ACCOUNTS).where(ACCOUNTS.ID.eq(brand)).execute());

        assertThat(active(session)).isEmpty();
        assertThat(find(session, NOW)).isPresent();
    }

    @Test
    void sessionsEndOneByOneOrAllAtOnce() {
        String first = open();
        String second = open();
        String others = open(StoredAccounts.agency(database).identity());

        write(store -> store.delete(first));
        assertThat(find(first, NOW)).isEmpty();
        assertThat(find(second, NOW)).isPresent();

        write(store -> store.deleteAll(person.identity()));
        assertThat(find(second, NOW)).isEmpty();
        assertThat(find(others, NOW)).isPresent();
    }

    @Test
    void expiredSessionsAreRemovedABoundedNumberAtATime() {
        deleteExpired(END, 1_000); // left by other tests
        open();
        open();
        open();

        assertThat(deleteExpired(END.minusMillis(1), 2)).isZero();
        assertThat(deleteExpired(END, 2)).isEqualTo(2);
        assertThat(deleteExpired(END, 2)).isEqualTo(1);
        assertThat(deleteExpired(END, 2)).isZero();
    }

    @Test
    void aSessionOfNobodyCannotBeStored() {
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> open(StoredAccounts.newIdentityId()));
    }

    private int deleteExpired(Instant now, int limit) {
        return database.write(tx -> new SessionStore(tx).deleteExpired(now, limit));
    }

    private String open() {
        return open(person.identity());
    }

    private String open(IdentityId identity) {
        String hash = Digests.sha256Hex(Digests.newToken());
        write(store -> store.insert(hash, identity, Device.UNKNOWN, NOW, END));
        return hash;
    }

    private Optional<SessionStore.Found> find(String hash, Instant now) {
        return database.read(tx -> new SessionStore(tx).find(hash, now));
    }

    private Optional<AccountId> active(String hash) {
        return database.read(tx -> new SessionStore(tx).active(hash)).account();
    }

    private void write(Consumer<SessionStore> work) {
        database.write(tx -> {
            work.accept(new SessionStore(tx));
            return "done";
        });
    }
}
