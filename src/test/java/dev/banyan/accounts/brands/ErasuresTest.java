package dev.banyan.accounts.brands;

import static dev.banyan.schema.Tables.ACCOUNTS;
import static dev.banyan.schema.Tables.ACCOUNT_USAGE;
import static dev.banyan.schema.Tables.ACCOUNT_WORDS;
import static dev.banyan.schema.Tables.AUDIT_EVENTS;
import static dev.banyan.schema.Tables.ERASED_ACCOUNTS;
import static dev.banyan.schema.Tables.USERNAMES;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.accounts.AccountContents;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.SubAccountStates;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import org.junit.jupiter.api.Test;

/// Erasure day by day. The data of packages is represented by a counted pile of rows.
@OnEveryDatabase
class ErasuresTest {

    /// Deletes as many rows as requested, like a package with tables.
    private static final class Pile implements AccountContents {

        final Map<Owner, Integer> rows = new ConcurrentHashMap<>();
        int largestStep;

        @Override
        public long clicks(Tx tx, Owner owner) {
            return rows.getOrDefault(owner, 0);
        }

        @Override
        public int eraseSome(Tx tx, Owner owner, int most) {
            int going = Math.min(most, rows.getOrDefault(owner, 0));
            rows.computeIfPresent(owner, (_, left) -> left - going);
            largestStep = Math.max(largestStep, going);
            return going;
        }
    }

    private final Database database;
    private final TestClock clock = new TestClock();
    private final Pile pile = new Pile();
    private final TestEvents<AccountChanged> changed = new TestEvents<>();
    private final Erasures erasures;
    private final AccountContext agency;
    private final Account brand;

    ErasuresTest(Database database) {
        this.database = database;
        this.erasures = new Erasures(
                database,
                List.of(pile),
                new SubAccountStates(new TestEvents<>(), changed, clock),
                TestAudit.on(database, clock),
                clock);
        this.agency = StoredAccounts.agency(database);
        this.brand = StoredAccounts.brandOf(database, agency).acting();
        pile.rows.put(brand.owner(), 2_500);
        delete(brand);
    }

    private void delete(Account account) {
        database.write(tx -> {
            TestAudit.on(database, clock)
                    .note(
                            tx,
                            agency.actor(),
                            account.owner(),
                            "SubAccountDeleted",
                            account.id().toString(),
                            Map.of("username", account.username()));
            new SubAccountStore(tx).delete(agency.root().id(), account.id(), clock.instant());
            return account;
        });
    }

    @Test
    void itIsThereForThirtyDaysAndThenGone() {
        clock.forward(Duration.ofDays(29));
        erasures.run();
        assertThat(isThere()).as("day 29").isTrue();
        clock.forward(Duration.ofDays(1).minusMillis(1));
        erasures.run();
        assertThat(isThere()).as("a moment before day 30").isTrue();
        assertThat(pile.rows).containsEntry(brand.owner(), 2_500);

        clock.forward(Duration.ofMillis(1));
        erasures.run();
        assertThat(isThere()).as("day 30").isFalse();
        assertThat(pile.rows).containsEntry(brand.owner(), 0);
        assertThat(pile.largestStep).isLessThanOrEqualTo(1_000);

        clock.forward(Duration.ofDays(1));
        erasures.run();
        assertThat(erasedClicks()).as("counted once").containsExactly(2_500L);
    }

    @Test
    void sumsStayAndNothingElse() {
        clock.forward(Duration.ofDays(31));
        erasures.run();

        assertThat(erasedClicks()).containsExactly(2_500L);
        assertThat(count(USERNAMES, USERNAMES.ACCOUNT_ID.eq(brand.id()))).isZero();
        assertThat(count(ACCOUNT_WORDS, ACCOUNT_WORDS.ACCOUNT_ID.eq(brand.id())))
                .isZero();
        assertThat(count(ACCOUNT_USAGE, ACCOUNT_USAGE.ACCOUNT_ID.eq(brand.id())))
                .isZero();
        assertThat(changed.fired()).contains(new AccountChanged(brand.id(), brand.username()));
        assertThat(database.<Boolean>read(tx -> new AccountStore(tx).isTaken(brand.username())))
                .as("its name is everybody's")
                .isFalse();
    }

    @Test
    void theAuditForgetsWhatWasWrittenAndNotThatItWas() {
        clock.forward(Duration.ofDays(31));
        erasures.run();

        assertThat(database.<List<String>>read(tx -> tx.sql()
                        .selectFrom(AUDIT_EVENTS)
                        .where(AUDIT_EVENTS.TARGET.eq(brand.id().toString()))
                        .orderBy(AUDIT_EVENTS.ID)
                        .fetch(row -> row.get(AUDIT_EVENTS.ACTION) + " " + row.get(AUDIT_EVENTS.DETAILS))))
                .containsExactly("SubAccountDeleted null", "SubAccountErased {}");
    }

    @Test
    void whatCameBackIsLeftAlone() {
        database.write(tx -> {
            new SubAccountStore(tx).reactivate(agency.root().id(), brand.id(), clock.instant());
            return brand;
        });
        clock.forward(Duration.ofDays(40));

        erasures.run();

        assertThat(isThere()).isTrue();
        assertThat(pile.rows).containsEntry(brand.owner(), 2_500);
    }

    @Test
    void aRunIsBoundedAndTheNextGoesOn() {
        pile.rows.put(brand.owner(), 1_000_000);
        clock.forward(Duration.ofDays(31));

        erasures.run();
        assertThat(isThere()).isTrue();
        assertThat(pile.rows.get(brand.owner())).isPositive().isLessThan(1_000_000);
        for (int run = 0; run < 10 && isThere(); run++) {
            erasures.run();
        }

        assertThat(isThere()).isFalse();
        assertThat(erasedClicks()).as("taken before the first row went").containsExactly(1_000_000L);
    }

    private boolean isThere() {
        return count(ACCOUNTS, ACCOUNTS.ID.eq(brand.id())) == 1;
    }

    private List<Long> erasedClicks() {
        return database.read(tx -> tx.sql()
                .select(ERASED_ACCOUNTS.CLICKS)
                .from(ERASED_ACCOUNTS)
                .where(ERASED_ACCOUNTS.ACCOUNT_ID.eq(brand.id()))
                .fetch(ERASED_ACCOUNTS.CLICKS));
    }

    private int count(org.jooq.Table<?> table, org.jooq.Condition condition) {
        return database.<Integer>read(tx -> tx.sql().fetchCount(table, condition));
    }
}
