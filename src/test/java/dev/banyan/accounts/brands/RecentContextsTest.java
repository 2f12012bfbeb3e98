package dev.banyan.accounts.brands;

import static dev.banyan.schema.Tables.RECENT_CONTEXTS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.RecentContextStore;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.SubAccountField;
import dev.banyan.accounts.SubAccountFields;
import dev.banyan.accounts.TestPlans;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

/// The first sub-accounts in the switcher, and what the agency can read about one of them.
@OnEveryDatabase
class RecentContextsTest {

    private final Database database;
    private final TestClock clock = new TestClock();
    private final Contexts contexts;
    private final SubAccounts subAccounts;
    private final SubAccountLife life;
    private final AccountContext agency;

    RecentContextsTest(Database database) {
        this.database = database;
        var plans = new TestPlans(database, clock);
        this.contexts = new Contexts(database, TestAudit.on(database, clock), clock);
        this.subAccounts = plans.subAccounts();
        this.life = plans.life();
        this.agency = StoredAccounts.agency(database);
    }

    private Account brand() {
        return StoredAccounts.brandOf(database, agency).acting();
    }

    private void switchTo(AccountContext person, Account brand) {
        clock.forward(Duration.ofSeconds(1));
        String session = "session of " + person.identity();
        database.write(tx -> {
            var sessions = new SessionStore(tx);
            if (sessions.find(session, clock.instant()).isEmpty()) {
                sessions.insert(
                        session,
                        person.identity(),
                        Device.UNKNOWN,
                        clock.instant(),
                        clock.instant().plusSeconds(600));
            }
            return session;
        });
        assertThat(contexts.switchTo(
                        new Caller.SignedIn(person.identity(), session),
                        person.actor(),
                        brand.id().toString()))
                .isInstanceOf(Contexts.Resolved.Found.class);
    }

    private List<AccountId> recent() {
        return subAccounts.recent(agency).stream()
                .map(recent -> recent.account().id())
                .toList();
    }

    @Test
    void theLastOnesComeFirstEachOnce() {
        Account north = brand();
        Account south = brand();
        assertThat(recent()).isEmpty();
        switchTo(agency, north);
        switchTo(agency, south);
        assertThat(recent()).containsExactly(south.id(), north.id());
        switchTo(agency, north);
        assertThat(recent()).containsExactly(north.id(), south.id());
    }

    @Test
    void fiveAreShownAndNoneThatCannotBeOpened() {
        List<Account> brands = IntStream.range(0, 7)
                .mapToObj(number -> {
                    var wanted = new SubAccounts.NewSubAccount(
                            "recent" + number + "-" + agency.root().username(),
                            "Brand",
                            Optional.empty(),
                            Optional.empty());
                    return ((SubAccounts.Created.Done) subAccounts.create(agency, wanted))
                            .subAccount()
                            .account();
                })
                .toList();
        brands.forEach(brand -> switchTo(agency, brand));
        life.suspend(agency, brands.get(6).id().toString());
        life.delete(agency, brands.get(5).id().toString());

        assertThat(recent())
                .containsExactlyElementsOf(brands.subList(0, 5).reversed().stream()
                        .map(Account::id)
                        .toList());
    }

    @Test
    void everyPersonHasAListOfTheirOwnThatStaysShort() {
        AccountContext stranger = StoredAccounts.agency(database);
        List<Account> brands = IntStream.range(0, RecentContextStore.KEPT + 5)
                .mapToObj(_ -> brand())
                .toList();
        brands.forEach(brand -> switchTo(agency, brand));

        assertThat(subAccounts.recent(stranger)).isEmpty();
        assertThat(database.<List<AccountId>>read(
                        tx -> new RecentContextStore(tx).list(agency.root().id(), agency.identity())))
                .hasSize(RecentContextStore.KEPT);
        assertThat(database.<Integer>read(
                        tx -> tx.sql().fetchCount(RECENT_CONTEXTS, RECENT_CONTEXTS.IDENTITY_ID.eq(agency.identity()))))
                .isEqualTo(RecentContextStore.KEPT);
    }

    @Test
    void oneIsFoundByItsIdAndByItsNameWithWhoCreatedIt() {
        var wanted = new SubAccounts.NewSubAccount(
                "found-" + agency.root().username(),
                SubAccountFields.NONE
                        .with(SubAccountField.DISPLAY_NAME, "Found")
                        .with(SubAccountField.TYPE, "brand")
                        .with(SubAccountField.INTERNAL_LABEL, "Key customer")
                        .with(SubAccountField.NOTES, "Calls on Mondays"));
        var created = ((SubAccounts.Created.Done) subAccounts.create(agency, wanted)).subAccount();
        String id = created.account().id().toString();

        for (String name : List.of(id, wanted.username(), wanted.username().toUpperCase(java.util.Locale.ROOT))) {
            var found = subAccounts.find(agency, name).orElseThrow();
            assertThat(found.subAccount()).isEqualTo(created);
            assertThat(found.createdBy()).contains(agency.root().username() + "@example.com");
            assertThat(found.subAccount().details().fields().of(SubAccountField.INTERNAL_LABEL))
                    .contains("Key customer");
        }
        AccountContext stranger = StoredAccounts.agency(database);
        assertThat(subAccounts.find(stranger, id)).isEmpty();
        assertThat(subAccounts.find(stranger, wanted.username())).isEmpty();
        life.delete(agency, id);
        assertThat(subAccounts.find(agency, id))
                .as("deleted, and still its agency's")
                .isPresent();
    }
}
