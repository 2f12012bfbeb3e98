package dev.banyan.accounts.brands;

import static dev.banyan.schema.Tables.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.SubAccountQuery;
import dev.banyan.accounts.TestPlans;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Refusal;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.junit.jupiter.api.Test;

/// Invariants under concurrency: no account is both parent and child, there are no cycles, the parent is active; and
/// the cost of a list is independent of its length.
@OnEveryDatabase
class SubAccountRulesTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Database database;
    private final SubAccounts subAccounts;
    private final AccountContext agency;

    SubAccountRulesTest(Database database) {
        this.database = database;
        this.subAccounts = new TestPlans(database, new TestClock()).subAccounts();
        this.agency = StoredAccounts.agency(database);
    }

    private SubAccounts.Created create() {
        return subAccounts.create(
                agency,
                new SubAccounts.NewSubAccount(
                        "rule-" + NAMES.incrementAndGet() + "-" + agency.root().username(),
                        "Brand",
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void twoAccountsCannotBecomeEachOthersParentAtOnce() {
        for (int round = 0; round < 10; round++) {
            AccountId one = StoredAccounts.owner(database, Tier.FREE).root().id();
            AccountId two = StoredAccounts.owner(database, Tier.FREE).root().id();

            AtOnce.run(2, number -> moved(number == 0 ? one : two, number == 0 ? two : one));

            assertThat(List.of(isSub(one), isSub(two))).as("round %s", round).isNotEqualTo(List.of(true, true));
        }
    }

    /// Moves an account by SQL, which no operation does.
    private boolean moved(AccountId account, AccountId below) {
        try {
            database.write(tx -> tx.sql()
                    .update(ACCOUNTS)
                    .set(ACCOUNTS.KIND, "sub")
                    .set(ACCOUNTS.TENANT_ID, below)
                    .set(ACCOUNTS.PARENT_ID, below)
                    .set(ACCOUNTS.PARENT_KIND, "root")
                    .where(ACCOUNTS.ID.eq(account))
                    .execute());
            return true;
        } catch (DataAccessException _) {
            return false;
        }
    }

    private boolean isSub(AccountId id) {
        return database.<Optional<Account>>read(tx -> new AccountStore(tx).find(id))
                .orElseThrow()
                .isSubAccount();
    }

    @Test
    void nothingIsCreatedBelowAnAccountThatEndsAtTheSameTime() {
        for (String end : List.of("suspended", "deleted")) {
            setStatus(agency.root().id(), "active");
            long before = children();
            List<Boolean> created = AtOnce.run(8, number -> {
                if (number == 3) {
                    setStatus(agency.root().id(), end);
                    return false;
                }
                return create() instanceof SubAccounts.Created.Done;
            });

            assertThat(children() - before)
                    .as(end)
                    .isEqualTo(created.stream().filter(done -> done).count());
            assertThat(create())
                    .as("after it is %s", end)
                    .isEqualTo(new SubAccounts.Created.Refused(new Refusal.Forbidden()));
        }
    }

    private void setStatus(AccountId id, String status) {
        database.write(tx -> tx.sql()
                .update(ACCOUNTS)
                .set(ACCOUNTS.STATUS, status)
                .where(ACCOUNTS.ID.eq(id))
                .execute());
    }

    private long children() {
        return database.<Integer>read(tx -> tx.sql()
                .fetchCount(ACCOUNTS, ACCOUNTS.PARENT_ID.eq(agency.root().id())));
    }

    @Test
    void deletedAndRestoredAtOnceTheCounterIsTrue() {
        var life = new TestPlans(database, new TestClock()).life();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.add(((SubAccounts.Created.Done) create())
                    .subAccount()
                    .account()
                    .id()
                    .toString());
        }

        AtOnce.run(30, number -> {
            String id = ids.get(number % 5);
            return number / 5 % 2 == 0 ? life.delete(agency, id) : life.restore(agency, id);
        });

        long present = database.<Integer>read(tx -> tx.sql()
                .fetchCount(ACCOUNTS, ACCOUNTS.PARENT_ID.eq(agency.root().id()).and(ACCOUNTS.STATUS.ne("deleted"))));
        assertThat(database.<Long>read(
                        tx -> new UsageStore(tx).used(agency.root().id(), PlanQuota.SUB_ACCOUNTS)))
                .isEqualTo(present);
    }

    @Test
    void ofManyRestorationsIntoOnePlaceOneSucceeds() {
        var life = new TestPlans(database, new TestClock()).life();
        var deleted = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            String id = ((SubAccounts.Created.Done) create())
                    .subAccount()
                    .account()
                    .id()
                    .toString();
            life.delete(agency, id);
            deleted.add(id);
        }
        for (int i = 0; i < 9; i++) {
            create();
        }

        List<SubAccountLife.Changed> answers = AtOnce.run(6, number -> life.restore(agency, deleted.get(number)));

        assertThat(answers)
                .filteredOn(SubAccountLife.Changed.Done.class::isInstance)
                .hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> !(answer instanceof SubAccountLife.Changed.Done))
                .allMatch(
                        answer -> answer.equals(new SubAccountLife.Changed.Refused(new Refusal.LimitReached(10, 10))));
    }

    @Test
    void aListCostsTheSameNumberOfQueriesHoweverLongItIs() {
        create();
        int few = queries("");
        int fewFound = queries("brand");
        for (int i = 0; i < 9; i++) {
            create();
        }

        assertThat(queries("")).isEqualTo(few).isLessThan(12);
        assertThat(queries("brand")).isEqualTo(fewFound).isLessThan(14);
    }

    private int queries(String search) {
        var count = new AtomicInteger();
        var listed = database.<SubAccounts.Listed>read(tx -> {
            listen(tx, count);
            return subAccounts.list(tx, agency, SubAccountQuery.newest(search, Optional.empty(), 100));
        });
        assertThat(listed.subAccounts()).isNotEmpty();
        assertThat(count.get()).isPositive();
        return count.get();
    }

    private static void listen(Tx tx, AtomicInteger count) {
        tx.sql().configuration().set(DefaultExecuteListenerProvider.providers(new ExecuteListener() {
            @Override
            public void executeStart(ExecuteContext context) {
                count.incrementAndGet();
            }
        }));
    }

    @Test
    void whoEverPutsAPersonBelowASubAccountGivesThemNothing() {
        Account brand = StoredAccounts.brandOf(database, agency).acting();
        var identity = new Identity(
                StoredAccounts.newIdentityId(),
                brand.username() + "@example.com",
                "no hash",
                Optional.of(brand.id()),
                false);
        database.write(tx -> {
            new IdentityStore(tx).insert(identity, StoredAccounts.NOW);
            new IdentityStore(tx).insertOwner(brand.id(), identity.id(), StoredAccounts.NOW);
            return identity;
        });
        var contexts = new Contexts(
                database, dev.banyan.platform.audit.TestAudit.on(database, new TestClock()), new TestClock());

        assertThat(contexts.resolve(
                        new dev.banyan.platform.Caller.SignedIn(identity.id(), "hash"),
                        dev.banyan.platform.audit.Actor.SERVER,
                        Optional.empty()))
                .isEqualTo(new Contexts.Resolved.NoAccount());
    }
}
