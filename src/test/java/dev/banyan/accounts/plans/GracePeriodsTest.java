package dev.banyan.accounts.plans;

import static dev.banyan.schema.Tables.ACCOUNTS;
import static dev.banyan.schema.Tables.MAILS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.TestPlans;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.brands.SubAccounts.Created;
import dev.banyan.accounts.brands.SubAccounts.NewSubAccount;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A plan with too many sub-accounts: thirty days, four mails, and how to resolve it.
@OnEveryDatabase
class GracePeriodsTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final Database database;
    private final TestClock clock = new TestClock();
    private final TestPlans plans;
    private final AccountContext agency;
    private final List<AccountId> brands = new ArrayList<>();

    GracePeriodsTest(Database database) {
        this.database = database;
        this.plans = new TestPlans(database, clock);
        this.agency = StoredAccounts.agency(database);
        IntStream.range(0, 8).forEach(_ -> create());
    }

    @Test
    void dayByDayUntilSuspension() {
        give(3);
        Instant end = clock.instant().plus(Duration.ofDays(30));

        for (int day = 0; day < 30; day++) {
            run();
            assertThat(states()).as("day " + day).isEqualTo("AAARRRRR");
            assertThat(brand(7).suspendsAt()).contains(end);
            assertThat(mails()).as("mails by day " + day).hasSize(day < 7 ? 1 : day < 21 ? 2 : day < 29 ? 3 : 4);
            clock.forward(DAY);
        }
        run();
        assertThat(states()).isEqualTo("AAASSSSS");
        assertThat(brand(7).suspendsAt()).isEmpty();
        for (int day = 31; day < 70; day++) {
            clock.forward(DAY);
            run();
        }
        assertThat(states()).isEqualTo("AAASSSSS");
        assertThat(mails()).hasSize(4);
    }

    @Test
    void aGraceEndsAtItsInstantAndNotBefore() {
        clock.forward(Duration.between(clock.instant(), Instant.parse("2026-11-20T23:59:59.999Z")));
        give(3);

        clock.forward(Duration.ofDays(30).minusMillis(1));
        run();
        assertThat(states()).isEqualTo("AAARRRRR");

        clock.forward(Duration.ofMillis(1));
        run();
        assertThat(states()).isEqualTo("AAASSSSS");
    }

    @Test
    void aGraceAcrossAChangeOfClocksHasThirtyTimesTwentyFourHours() {
        clock.forward(Duration.between(clock.instant(), Instant.parse("2027-03-13T23:30:00Z"))); // New York: new time
        give(3);

        clock.forward(Duration.between(clock.instant(), Instant.parse("2027-04-12T23:29:59.999Z"))); // London, too
        run();
        assertThat(states()).isEqualTo("AAARRRRR");
        clock.forward(Duration.ofMillis(1));
        run();
        assertThat(states()).isEqualTo("AAASSSSS");
    }

    @Test
    void aServerThatSleptSendsOnlyTheNewestMail() {
        give(3);
        clock.forward(Duration.ofDays(22));

        run();
        run();

        assertThat(mails()).as("days 0 and 21").hasSize(2);
        clock.forward(Duration.ofDays(20));
        run();
        assertThat(mails()).as("nothing after the end").hasSize(2);
        assertThat(states()).isEqualTo("AAASSSSS");
    }

    @Test
    void theMailNamesTheBrandsTheDayAndWhatToDo() {
        give(6);

        assertThat(mails())
                .singleElement()
                .asString()
                .contains(
                        "2 of your brands",
                        "Dec 20, 2026, 10:00 UTC",
                        "(@" + brand(6).username() + ")",
                        "(@" + brand(7).username() + ")",
                        "choose which brands to keep")
                .doesNotContain(brand(5).username());
    }

    @Test
    void theMailNamesTheTimeInTheAccountsZone() {
        database.write(tx -> {
            new AccountStore(tx).setZone(root(), ZoneId.of("Asia/Dubai"), clock.instant());
            return tx;
        });

        give(6);

        assertThat(mails()).singleElement().asString().contains("Dec 20, 2026, 14:00 Asia/Dubai");
    }

    @Test
    void morePacksEndTheGrace() {
        give(3);
        clock.forward(DAY);

        give(10);

        assertThat(states()).isEqualTo("AAAAAAAA");
        assertThat(grace()).isEmpty();
        clock.forward(Duration.ofDays(40));
        run();
        assertThat(states()).isEqualTo("AAAAAAAA");
    }

    @Test
    void morePacksBringBackWhatThePlanSuspended() {
        give(3);
        clock.forward(Duration.ofDays(31));
        run();

        give(6);
        assertThat(states()).isEqualTo("AAAAAASS");
        give(10);
        assertThat(states()).isEqualTo("AAAAAAAA");
        assertThat(grace()).isEmpty();
    }

    @Test
    void whoeverIsDeletedMakesRoomForAnother() {
        give(6);
        delete(2);
        assertThat(states()).isEqualTo("AADAAAAR");
        clock.forward(Duration.ofDays(30));
        run();
        assertThat(states()).isEqualTo("AADAAAAS");

        delete(7);
        assertThat(states()).isEqualTo("AADAAAAD");
        assertThat(grace()).isEmpty();
    }

    @Test
    void aSessionThatActsForABrandIsOutWhenItIsSuspended() {
        database.write(tx -> {
            var sessions = new SessionStore(tx);
            sessions.insert(
                    "hash-" + root(),
                    agency.identity(),
                    Device.UNKNOWN,
                    clock.instant(),
                    Instant.parse("2027-11-20T10:00:00Z"));
            sessions.setActiveAccount("hash-" + root(), Optional.of(brands.get(7)));
            return tx;
        });
        give(6);
        var acting = new SessionStore.Active(Optional.of(brands.get(7)), false, Optional.empty());
        assertThat(database.<SessionStore.Active>read(tx -> new SessionStore(tx).active("hash-" + root())))
                .as("read-only")
                .isEqualTo(acting);

        clock.forward(Duration.ofDays(30));
        run();

        assertThat(database.<SessionStore.Active>read(tx -> new SessionStore(tx).active("hash-" + root())))
                .isEqualTo(new SessionStore.Active(acting.account(), true, Optional.empty()));
    }

    @Test
    void aSecondDowngradeDoesNotStartTheClockAnew() {
        give(6);
        clock.forward(Duration.ofDays(20));
        give(3);
        assertThat(states()).isEqualTo("AAARRRRR");
        assertThat(brand(3).suspendsAt()).isEqualTo(brand(7).suspendsAt());

        clock.forward(Duration.ofDays(10));
        run();
        assertThat(states()).isEqualTo("AAASSSSS");
    }

    @Test
    void aDowngradeAfterTheEndHasAGraceOfItsOwn() {
        give(6);
        clock.forward(Duration.ofDays(30));
        run();
        assertThat(states()).isEqualTo("AAAAAASS");

        clock.forward(DAY);
        give(3);
        assertThat(states()).isEqualTo("AAARRRSS");
        assertThat(brand(3).suspendsAt()).contains(clock.instant().plus(Duration.ofDays(30)));
        assertThat(mails()).hasSize(2);
        clock.forward(Duration.ofDays(30));
        run();
        assertThat(states()).isEqualTo("AAASSSSS");
    }

    @Test
    void brandsThatTheAgencySuspendedCountAndStayItsOwn() {
        suspendByAgency(0);
        suspendByAgency(7);
        give(6);
        assertThat(states()).isEqualTo("sAAAAARs");

        clock.forward(Duration.ofDays(31));
        run();
        assertThat(states()).isEqualTo("sAAAAASs");
        give(10);
        assertThat(states())
                .as("a plan does not wake up what the agency suspended")
                .isEqualTo("sAAAAAAs");
    }

    @Test
    void wakingUpABrandAfterTheEndStartsNoNewGrace() {
        suspendByAgency(7);
        give(6);
        clock.forward(Duration.ofDays(31));
        run();

        activateByAgency(7);

        assertThat(states()).isEqualTo("AAAAAASS");
    }

    @Test
    void aCancelledPlanHoldsUntilItsTimeIsOver() {
        Instant end = clock.instant().plus(Duration.ofDays(3));
        plans.subscriptions().setStatus(Actor.SERVER, root(), SubscriptionStatus.CANCELLED, Optional.of(end));
        clock.forward(Duration.ofDays(3).minusMillis(1));
        run();
        assertThat(states()).isEqualTo("AAAAAAAA");
        assertThat(tier()).isEqualTo(Tier.PRO);

        clock.forward(Duration.ofMillis(1));
        assertThat(tier()).as("at once, before any job").isEqualTo(Tier.FREE);
        run();
        assertThat(states()).isEqualTo("RRRRRRRR");
        assertThat(status()).isEqualTo(SubscriptionStatus.EXPIRED);
        assertThat(plans.changed().fired())
                .extracting(AccountChanged::account)
                .contains(root(), brands.get(0), brands.get(7));

        plans.subscriptions().setStatus(Actor.SERVER, root(), SubscriptionStatus.ACTIVE, Optional.empty());
        assertThat(states()).isEqualTo("AAAAAAAA");
        assertThat(tier()).isEqualTo(Tier.PRO);
    }

    @Test
    void settlingTwiceChangesNothing() {
        give(3);
        String before = states() + grace();

        database.write(tx -> {
            plans.graces().settle(tx, Actor.SERVER, root());
            return tx;
        });
        run();

        assertThat(states() + grace()).isEqualTo(before);
        assertThat(mails()).hasSize(1);
    }

    /// @param room a multiple of three, or ten
    private void give(int room) {
        Map<Pack, Integer> packs = room == 10 ? Map.of(Pack.TEN, 1) : Map.of(Pack.THREE, room / 3);
        plans.subscriptions().give(Actor.SERVER, root(), new Plan(Tier.PRO, Optional.of(AgencyPermission.PRO), packs));
    }

    private void run() {
        plans.subscriptions().expire();
        plans.graces().run();
    }

    private void create() {
        var wanted = new NewSubAccount(
                agency.root().username() + "-" + brands.size(), "Brand", Optional.empty(), Optional.empty());
        if (plans.subAccounts().create(agency, wanted) instanceof Created.Done done) {
            brands.add(done.subAccount().account().id());
            clock.forward(Duration.ofMillis(1)); // within one millisecond ids have no order
        } else {
            throw new AssertionError("No room");
        }
    }

    private void suspendByAgency(int number) {
        set(number, "suspended", "agency");
    }

    private void activateByAgency(int number) {
        set(number, "active", null);
    }

    private void set(int number, String status, @Nullable String by) {
        database.write(tx -> {
            tx.sql()
                    .update(ACCOUNTS)
                    .set(ACCOUNTS.STATUS, status)
                    .set(ACCOUNTS.SUSPENDED_BY, by)
                    .where(ACCOUNTS.ID.eq(brands.get(number)))
                    .execute();
            plans.graces().settle(tx, Actor.SERVER, root());
            return tx;
        });
    }

    private void delete(int number) {
        database.write(tx -> {
            tx.sql()
                    .update(ACCOUNTS)
                    .set(ACCOUNTS.STATUS, "deleted")
                    .where(ACCOUNTS.ID.eq(brands.get(number)))
                    .execute();
            plans.quotas().release(tx, agency.owner(), PlanQuota.SUB_ACCOUNTS, 1);
            plans.graces().settle(tx, Actor.SERVER, root());
            return tx;
        });
    }

    /// Returns the state of each brand, oldest first: Active, Read-only, Suspended by the plan or (small) by the
    /// agency, Deleted.
    private String states() {
        return brands.stream()
                .map(id -> database.<String>read(tx -> tx.sql()
                        .select(ACCOUNTS.STATUS, ACCOUNTS.SUSPENDED_BY, ACCOUNTS.SUSPENDS_AT)
                        .from(ACCOUNTS)
                        .where(ACCOUNTS.ID.eq(id))
                        .fetchSingle(row -> switch (row.value1()) {
                            case "active" -> row.value3() == null ? "A" : "R";
                            case "suspended" -> "plan".equals(row.value2()) ? "S" : "s";
                            default -> "D";
                        })))
                .collect(Collectors.joining());
    }

    private Account brand(int number) {
        return database.<Optional<Account>>read(tx -> new AccountStore(tx).find(brands.get(number)))
                .orElseThrow();
    }

    private AccountId root() {
        return agency.root().id();
    }

    private Tier tier() {
        return database.read(tx -> plans.quotas().effectiveTier(tx, agency.owner()));
    }

    private SubscriptionStatus status() {
        return database.read(tx -> plans.plans().subscription(tx, agency.root()).status());
    }

    private Optional<GracePeriod> grace() {
        return database.read(tx -> new GraceStore(tx).find(root()));
    }

    private List<String> mails() {
        return database.read(tx -> tx.sql()
                .select(MAILS.BODY)
                .from(MAILS)
                .where(MAILS.RECIPIENT.eq(agency.root().username() + "@example.com"))
                .fetch(MAILS.BODY));
    }
}
