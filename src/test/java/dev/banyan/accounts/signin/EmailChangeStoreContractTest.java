package dev.banyan.accounts.signin;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class EmailChangeStoreContractTest {

    private static final Instant END = NOW.plusSeconds(60);

    private final Database database;
    private final IdentityId person;
    private final IdentityId other;

    EmailChangeStoreContractTest(Database database) {
        this.database = database;
        this.person = StoredAccounts.agency(database).identity();
        this.other = StoredAccounts.agency(database).identity();
    }

    private String put(IdentityId identity, String email) {
        String token = Digests.sha256Hex(Digests.newToken());
        return database.write(tx -> {
            new EmailChangeStore(tx).put(identity, email, token, END);
            return token;
        });
    }

    private Optional<String> find(IdentityId identity, Instant now) {
        return database.read(tx -> new EmailChangeStore(tx).find(identity, now));
    }

    private Optional<EmailChangeStore.EmailChange> findByToken(String token, Instant now) {
        return database.read(tx -> new EmailChangeStore(tx).findByToken(token, now));
    }

    @Test
    void aPersonHasOneWishAndItsTokenFindsItWhileItLives() {
        String first = put(person, "first@people.example");
        String second = put(person, "second@people.example");

        assertThat(find(person, NOW)).contains("second@people.example");
        assertThat(findByToken(first, NOW)).isEmpty();
        assertThat(findByToken(second, NOW))
                .contains(new EmailChangeStore.EmailChange(person, "second@people.example", END));
        assertThat(find(person, END)).isEmpty();
        assertThat(findByToken(second, END)).isEmpty();
    }

    @Test
    void severalPeopleMayWantTheSameEmail() {
        put(person, "wanted@people.example");
        put(other, "wanted@people.example");

        assertThat(database.<Boolean>write(tx -> new EmailChangeStore(tx).delete(person)))
                .isTrue();
        assertThat(database.<Boolean>write(tx -> new EmailChangeStore(tx).delete(person)))
                .isFalse();
        assertThat(find(person, NOW)).isEmpty();
        assertThat(find(other, NOW)).contains("wanted@people.example");
    }

    @Test
    void whatExpiredIsForgotten() {
        String token = put(person, "old@people.example");

        database.write(tx -> new EmailChangeStore(tx).deleteExpired(END.minusMillis(1)));
        assertThat(findByToken(token, NOW)).isPresent();
        database.write(tx -> new EmailChangeStore(tx).deleteExpired(END));
        assertThat(findByToken(token, NOW)).isEmpty();
    }

    @Test
    void nobodyWantsNothing() {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> put(StoredAccounts.newIdentityId(), "nobody@people.example"));
    }
}
