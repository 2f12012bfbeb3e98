package dev.banyan.accounts.brands;

import static dev.banyan.schema.Tables.ACCOUNTS;
import static dev.banyan.schema.Tables.AUDIT_EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.TestPlans;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.brands.SubAccounts.Created;
import dev.banyan.accounts.brands.SubAccounts.NewSubAccount;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Limit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Refusal;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class SubAccountsTest {

    private final Database database;
    private final SubAccounts subAccounts;
    private final AccountContext agency;

    SubAccountsTest(Database database) {
        this.database = database;
        this.subAccounts = new TestPlans(database, new TestClock()).subAccounts();
        this.agency = StoredAccounts.agency(database);
    }

    @Test
    void aBrandIsCreatedWithItsCountersAndAnAuditRow() {
        Account brand = created(agency, name("brand"));

        assertThat(brand.parent()).contains(agency.root().id());
        assertThat(brand.createdBy()).contains(agency.identity());
        assertThat(used(agency)).isEqualTo(1);
        assertThat(listed(agency)).containsExactly(brand.id());
        assertThat(audited(brand)).containsExactly("SubAccountCreated");
    }

    @Test
    void fortyAtOnceFillTenPlacesExactly() {
        List<Created> answers = AtOnce.run(40, number -> create(agency, name("rush-" + number)));

        assertThat(answers).filteredOn(Created.Done.class::isInstance).hasSize(10);
        assertThat(answers)
                .filteredOn(answer -> !(answer instanceof Created.Done))
                .allMatch(answer -> answer.equals(new Created.Refused(new Refusal.LimitReached(10, 10))));
        assertThat(used(agency)).isEqualTo(10);
        assertThat(rows(agency)).isEqualTo(10);
    }

    @Test
    void ofTwoAgenciesThatWantOneNameAtOnceOneGetsIt() {
        AccountContext rival = StoredAccounts.agency(database);

        for (int round = 0; round < 10; round++) {
            String name = name("wanted-" + round);
            List<Created> answers = AtOnce.run(2, number -> create(number == 0 ? agency : rival, name));
            assertThat(answers).filteredOn(Created.Done.class::isInstance).hasSize(1);
            assertThat(answers).filteredOn(Created.NameTaken.class::isInstance).hasSize(1);
        }

        assertThat(used(agency)).isEqualTo(rows(agency));
        assertThat(used(rival)).isEqualTo(rows(rival));
        assertThat(used(agency) + used(rival)).isEqualTo(10);
    }

    @Test
    void twentyAtOnceForOneNameLeaveOneBrandAndATrueCounter() {
        String name = name("twins");

        List<Created> answers = AtOnce.run(20, _ -> create(agency, name));

        assertThat(answers).filteredOn(Created.Done.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Created.NameTaken.class::isInstance).hasSize(19);
        assertThat(used(agency)).isEqualTo(1);
    }

    @Test
    void aTakenNameComesWithFreeOnesLikeIt() {
        String name = name("taken");
        created(agency, name);
        created(agency, name + "2");

        assertThat(create(agency, name.toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(new Created.NameTaken(List.of(name + "3", name + "4")));
        assertThat(create(agency, "admin")).as("a reserved name").isInstanceOf(Created.NameTaken.class);
    }

    @Test
    void suggestionsForALongNameAreNamesToo() {
        String name = name("x".repeat(30)).substring(0, 30);
        created(agency, name);

        assertThat(create(agency, name))
                .isInstanceOfSatisfying(
                        Created.NameTaken.class,
                        taken -> assertThat(taken.free())
                                .hasSize(2)
                                .allMatch(free -> Names.brokenUsername(free).isEmpty()));
    }

    @Test
    void withoutTheAgencyPermissionNobodyCreatesAndNothingElseIsTold() {
        AccountContext plain =
                StoredAccounts.owner(database, new Plan(Tier.PREMIUM, Optional.empty(), Map.of(Pack.TEN, 1)));

        assertThat(create(plain, "!")).isEqualTo(new Created.Refused(new Refusal.Forbidden()));
        assertThat(create(plain, name("brand"))).isEqualTo(new Created.Refused(new Refusal.Forbidden()));
        assertThat(listed(plain)).isEmpty();
    }

    @Test
    void everyBrokenFieldIsNamed() {
        Created answer = subAccounts.create(
                agency, new NewSubAccount("a b", "\u202Eevil", Optional.of("nobody"), Optional.of("x".repeat(501))));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Created.Refused.class,
                        refused -> assertThat(((Refusal.Rejected) refused.refusal()).invalid())
                                .extracting(Invalid::field)
                                .containsExactly("username", "displayName", "email", "bio"));
        assertThat(used(agency)).isZero();
    }

    @Test
    void aBrandIsCreatedForTheAgencyAlsoOutOfABrandsContext() {
        AccountContext brand = StoredAccounts.brandOf(database, agency);

        Account sibling = created(brand, name("sibling"));

        assertThat(sibling.parent()).contains(agency.root().id());
    }

    @Test
    void aListGoesOnWhereThePageBeforeEnded() {
        List<AccountId> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            newestFirst.addFirst(created(agency, name("brand-" + i)).id());
        }

        SubAccounts.Listed first = subAccounts.list(agency, "", Optional.empty(), 3);
        SubAccounts.Listed second = subAccounts.list(agency, "", first.next(), 3);

        assertThat(ids(first)).isEqualTo(newestFirst.subList(0, 3));
        assertThat(ids(second)).isEqualTo(newestFirst.subList(3, 5));
        assertThat(second.next()).isEmpty();
        assertThat(second.limits().remaining()).isEqualTo(new Limit(5));
    }

    private String name(String stem) {
        return stem + "-" + agency.root().username().replaceAll("\\D", "");
    }

    private Account created(AccountContext context, String username) {
        assertThat(create(context, username)).isInstanceOf(Created.Done.class);
        return database.<Optional<Account>>read(tx -> new AccountStore(tx).findByUsername(username))
                .orElseThrow();
    }

    private Created create(AccountContext context, String username) {
        return subAccounts.create(context, new NewSubAccount(username, "Brand", Optional.empty(), Optional.empty()));
    }

    private List<AccountId> listed(AccountContext context) {
        return ids(subAccounts.list(context, "", Optional.empty(), 100));
    }

    private static List<AccountId> ids(SubAccounts.Listed listed) {
        return listed.subAccounts().stream().map(brand -> brand.account().id()).toList();
    }

    private long used(AccountContext context) {
        return database.read(tx -> new UsageStore(tx).used(context.root().id(), PlanQuota.SUB_ACCOUNTS));
    }

    private long rows(AccountContext context) {
        return database.<Integer>read(tx -> tx.sql()
                .fetchCount(ACCOUNTS, ACCOUNTS.PARENT_ID.eq(context.root().id())));
    }

    private List<String> audited(Account account) {
        return database.read(tx -> tx.sql()
                .select(AUDIT_EVENTS.ACTION)
                .from(AUDIT_EVENTS)
                .where(AUDIT_EVENTS.ACCOUNT_ID.eq(account.id()))
                .fetch(AUDIT_EVENTS.ACTION));
    }
}
