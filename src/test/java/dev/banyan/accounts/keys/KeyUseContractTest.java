package dev.banyan.accounts.keys;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.ApiKey;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.limits.TestLimits;
import org.junit.jupiter.api.Test;

/// Keys in the database, and their usage counters.
@OnEveryDatabase
class KeyUseContractTest {

    private static final int REQUESTS = 40;

    private final Database database;
    private final TestClock clock = new TestClock();
    private final AccountContext owner;
    private final KeyUse use;

    KeyUseContractTest(Database database) {
        this.database = database;
        this.owner = StoredAccounts.agency(database);
        this.use = use();
    }

    private KeyUse use() {
        return new KeyUse(database, TestLimits.on(clock), new AccountDays(database, clock), clock);
    }

    @Test
    void theDayIsCountedOverRestartsAndNodes() {
        AccountId account = owner.root().id();
        AtOnce.run(REQUESTS, _ -> use.countDay(account));
        assertThat(use.usedToday(account)).isEqualTo(REQUESTS);
        use.write();

        KeyUse other = use();
        assertThat(other.usedToday(account)).as("after a restart").isEqualTo(REQUESTS);
        assertThat(other.countDay(account)).isEqualTo(REQUESTS + 1);
        other.write();
        assertThat(use.countDay(account)).isEqualTo(REQUESTS + 1L);
        use.write();
        assertThat(use.usedToday(account)).as("with those of the other node").isEqualTo(REQUESTS + 2L);
        use.write();
        assertThat(use.usedToday(account)).as("when nothing waits").isEqualTo(REQUESTS + 2L);

        clock.forward(Duration.ofDays(1));
        assertThat(use.usedToday(account)).as("the next day").isZero();
        clock.forward(Duration.ofDays(61));
        use.forgetExpired();
        assertThat(database.<Integer>read(tx -> new ApiKeyStore(tx)
                        .requestsSince(account, LocalDate.EPOCH)
                        .size()))
                .isZero();
    }

    /// The day of an account in Dubai ends at 20:00 in UTC, and with it what its keys may still use.
    @Test
    void theDayIsThatOfTheAccountsTimeZone() {
        AccountId account = owner.root().id();
        use.countDay(account);
        use.write();
        inZone(account, "Asia/Dubai");
        KeyUse there = use();

        assertThat(there.countDay(account)).as("the same day by its name").isEqualTo(2);
        assertThat(there.untilTomorrow(account)).isEqualTo(Duration.ofHours(10));
        clock.forward(Duration.ofHours(10));
        assertThat(there.countDay(account)).as("the next day").isEqualTo(1);
        there.write();

        inZone(account, "America/Los_Angeles");
        assertThat(use().usedToday(account)).as("nothing is lost").isEqualTo(2);
        assertThat(database.<Map<LocalDate, Long>>read(
                        tx -> new ApiKeyStore(tx).requestsSince(account, LocalDate.EPOCH)))
                .isEqualTo(Map.of(LocalDate.of(2026, 11, 20), 2L, LocalDate.of(2026, 11, 21), 1L));
    }

    private void inZone(AccountId account, String zone) {
        database.write(tx -> {
            new AccountStore(tx).setZone(account, ZoneId.of(zone), NOW);
            return account;
        });
    }

    /// A stop writes too, while the job may still run.
    @Test
    void twoRunsAtOnceCountARequestOnce() {
        AccountId account = owner.root().id();
        AtOnce.run(REQUESTS, _ -> use.countDay(account));

        AtOnce.run(8, _ -> {
            use.write();
            return use;
        });

        assertThat(use().usedToday(account)).isEqualTo(REQUESTS);
    }

    @Test
    void aMinuteHasSoManyRequestsAndThenTheNext() {
        for (int i = 0; i < 3; i++) {
            assertThat(use.countMinute("k1234567", 3).refusedFor()).isEmpty();
        }
        assertThat(use.countMinute("k1234567", 3).refusedFor()).contains(KeyUse.MINUTE);
        assertThat(use.usedInMinute("k1234567", 3)).isEqualTo(3);
        assertThat(use.countMinute("k7654321", 3).refusedFor())
                .as("another key")
                .isEmpty();
        clock.forward(KeyUse.MINUTE);
        assertThat(use.countMinute("k1234567", 3).remaining()).isEqualTo(2);
    }

    @Test
    void lastUseIsWrittenOnceAMinuteWithoutThePerson() {
        ApiKey key = stored(owner.root().id(), NOW);
        use.note(key, "203.0.113.7");
        clock.forward(Duration.ofSeconds(10));
        use.note(key, "198.51.100.7");
        use.write();

        ApiKey noted = find(key).orElseThrow();
        assertThat(noted.lastUsedIp()).contains("203.0.113.0");
        use.note(noted, "198.51.100.7");
        use.write();
        assertThat(find(key)).contains(noted);

        clock.forward(Duration.ofMinutes(2));
        use.note(noted, "2001:db8:1:2::7");
        use.write();
        assertThat(find(key).flatMap(ApiKey::lastUsedIp)).contains("2001:db8:1::");
    }

    @Test
    void theOldestStay() {
        AccountId account = owner.root().id();
        ApiKey oldest = stored(account, NOW);
        ApiKey youngest = stored(account, NOW.plusSeconds(2));
        ApiKey middle = stored(account, NOW.plusSeconds(1));

        assertThat(amongOldest(oldest, 2)).isTrue();
        assertThat(amongOldest(middle, 2)).isTrue();
        assertThat(amongOldest(youngest, 2)).isFalse();
        assertThat(amongOldest(oldest, 0)).isFalse();
        assertThat(database.<List<ApiKey>>read(tx -> new ApiKeyStore(tx).list(account, 10)))
                .containsExactly(oldest, middle, youngest);
    }

    @Test
    void strangersReachNoKey() {
        ApiKey key = stored(owner.root().id(), NOW);
        AccountId stranger = StoredAccounts.agency(database).root().id();
        database.write(tx -> {
            var store = new ApiKeyStore(tx);
            store.update(stranger, key.id(), "Stolen", List.of("write:pages"));
            store.disable(stranger, key.id(), "x");
            store.enable(stranger, key.id(), owner.identity());
            store.noteUse(stranger, key.id(), NOW, "x");
            store.delete(stranger, key.id());
            return "done";
        });
        assertThat(find(key)).contains(key);
        assertThat(database.<Optional<ApiKey>>read(tx -> new ApiKeyStore(tx).find(stranger, key.id())))
                .isEmpty();
    }

    private boolean amongOldest(ApiKey key, long most) {
        return database.read(tx -> new ApiKeyStore(tx).isAmongOldest(key.account(), key.id(), most));
    }

    private Optional<ApiKey> find(ApiKey key) {
        return database.read(tx -> new ApiKeyStore(tx).find(key.account(), key.id()));
    }

    private ApiKey stored(AccountId account, Instant at) {
        KeyText text = KeyText.random(KeyText.Kind.ACCOUNT);
        var key = new ApiKey(
                text.id(),
                account,
                "Import",
                List.of("read:pages", "write:pages"),
                true,
                Optional.empty(),
                owner.identity(),
                at,
                Optional.empty(),
                Optional.empty(),
                dev.banyan.platform.KeyLimits.NONE,
                false);
        database.write(tx -> {
            new ApiKeyStore(tx).insert(account, key, text.hash());
            return key;
        });
        return key;
    }
}
