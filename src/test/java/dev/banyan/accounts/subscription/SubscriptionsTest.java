package dev.banyan.accounts.subscription;

import static dev.banyan.schema.Tables.AUDIT_EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.TestPlans;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.brands.SubAccounts.Created;
import dev.banyan.accounts.brands.SubAccounts.NewSubAccount;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.accounts.plans.GraceStore;
import dev.banyan.accounts.plans.GraceStore.Place;
import dev.banyan.accounts.plans.PlanPrices;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.accounts.plans.SubscriptionStatus;
import dev.banyan.accounts.subscription.PlanPreview.Flagged;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The price of a plan, its effects before and after confirmation, and which accounts are kept.
@OnEveryDatabase
class SubscriptionsTest {

    private final Database database;
    private final TestClock clock = new TestClock();
    private final TestPlans plans;
    private final Subscriptions subscriptions;
    private final AccountContext agency;

    SubscriptionsTest(Database database) {
        this.database = database;
        this.plans = new TestPlans(database, clock);
        this.subscriptions = plans.subscriptions();
        this.agency = StoredAccounts.agency(database);
    }

    @ParameterizedTest
    @CsvSource({
        "free, agency-basic, 1, 0, 0, monthly, 25",
        "pro, agency-pro, 0, 1, 0, monthly, 70",
        "premium, agency-premium, 0, 0, 2, monthly, 260",
        "pro, agency-pro, 0, 1, 0, annual, 700",
        "pro, none, 0, 0, 0, monthly, 10",
        "free, none, 0, 0, 0, annual, 0",
        "enterprise, agency-premium, 0, 0, 2, monthly, ask",
    })
    void aPlanCostsTheSumOfItsParts(
            String tier, String permission, int packs3, int packs10, int packs25, String cycle, String sum) {
        var price = prices(Map.of())
                .of(
                        plan(tier, permission, packs3, packs10, packs25),
                        BillingCycle.of(cycle).orElseThrow());

        assertThat(price.amount().map(BigDecimal::toPlainString).orElse("ask")).isEqualTo(sum);
        assertThat(price.currency().getCurrencyCode()).isEqualTo("USD");
    }

    @Test
    void theSettingsSayThePrices() {
        var price = prices(Map.of(
                        "BANYAN_PRICES", "enterprise=99.50, agency-premium=1, pack-25=2.25", "BANYAN_CURRENCY", "EUR"))
                .of(plan("enterprise", "agency-premium", 0, 0, 2), BillingCycle.MONTHLY);

        assertThat(price.amount()).contains(new BigDecimal("105.00"));
        assertThat(price.lines())
                .extracting(PlanPrices.Line::label)
                .containsExactly("Enterprise", "Agency-Premium", "25-pack");
        assertThat(price.currency().getCurrencyCode()).isEqualTo("EUR");
    }

    @Test
    void aPreviewSaysWhatChangesAndChangesNothing() {
        List<AccountId> brands = brands(5);
        use(root(), PlanQuota.PAGES, 3);
        use(root(), PlanQuota.LINKS, 40);
        use(brands.get(0), PlanQuota.LINKS, 25);

        PlanPreview preview = preview(plan("free", "agency-basic", 1, 0, 0), Optional.empty());

        assertThat(preview.priceBefore().amount()).contains(new BigDecimal("70"));
        assertThat(preview.priceAfter().amount()).contains(new BigDecimal("25"));
        assertThat(ids(preview.readOnly())).isEqualTo(brands.subList(3, 5));
        assertThat(preview.suspendedAt()).contains(clock.instant().plus(Duration.ofDays(30)));
        assertThat(preview.comesBack()).isEmpty();
        assertThat(preview.flagged())
                .containsExactly(
                        new Flagged(agency.root().username(), agency.root().displayName(), 2, 30),
                        new Flagged(name(0), "Brand 0", 0, 15));
        assertThat(preview.lost())
                .contains(Feature.API_ACCESS, Feature.LINK_LOCKING)
                .doesNotContain(Feature.WHITE_LABEL);
        assertThat(preview.gained()).isEmpty();
        assertThat(readOnly()).isEmpty();
        assertThat(standing().plan().tier()).isEqualTo(Tier.PRO);
    }

    @Test
    void aPreviewOfMoreRoomSaysWhatComesBack() {
        List<AccountId> brands = brands(5);
        give(plan("pro", "agency-pro", 1, 0, 0));

        PlanPreview preview = preview(plan("premium", "agency-pro", 0, 1, 0), Optional.empty());

        assertThat(ids(preview.comesBack())).isEqualTo(brands.subList(3, 5));
        assertThat(preview.readOnly()).isEmpty();
        assertThat(preview.gained()).contains(Feature.CUSTOM_DOMAIN);
    }

    @Test
    void aSharedQuotaIsFlaggedFromTheNewestBrand() {
        List<AccountId> brands = brands(2);
        use(root(), PlanQuota.LINKS, 8);
        use(brands.get(0), PlanQuota.LINKS, 1);
        use(brands.get(1), PlanQuota.LINKS, 4);

        PlanPreview preview = new TestPlans(database, clock, Map.of("BANYAN_QUOTA", "shared"))
                .previews()
                .of(
                        root(),
                        new PlanRequest(plan("free", "agency-basic", 1, 0, 0), BillingCycle.MONTHLY, Optional.empty()))
                .orElseThrow();

        assertThat(preview.flagged()).containsExactly(new Flagged(name(1), "Brand 1", 0, 3));
    }

    @Test
    void theOwnerChoosesWhoStays() {
        List<AccountId> brands = brands(6);
        var keep = Optional.of(List.of(brands.get(5), brands.get(1)));
        assertThat(ids(preview(plan("pro", "agency-pro", 1, 0, 0), keep).readOnly()))
                .containsExactly(brands.get(2), brands.get(3), brands.get(4));

        change(plan("pro", "agency-pro", 1, 0, 0), keep);

        assertThat(readOnly()).containsExactly(brands.get(2), brands.get(3), brands.get(4));
        assertThat(audited()).contains("SubAccountsChosen", "PlanChanged", "SubAccountsReadOnly");
        assertThat(subscriptions.keep(agency.actor(), root(), brands.subList(2, 5)))
                .isEqualTo(Outcome.done());
        assertThat(readOnly()).containsExactly(brands.get(0), brands.get(1), brands.get(5));
    }

    @Test
    void whoIsExchangedAfterTheGraceGoesAtOnce() {
        List<AccountId> brands = brands(4);
        give(plan("pro", "agency-pro", 1, 0, 0));
        clock.forward(Duration.ofDays(30));
        plans.graces().run();
        assertThat(statuses(brands)).isEqualTo("active active active suspended");

        subscriptions.keep(agency.actor(), root(), List.of(brands.get(3)));

        assertThat(statuses(brands)).isEqualTo("active active suspended active");
        assertThat(readOnly()).containsExactly(brands.get(2));
    }

    @Test
    void aChoiceMustFit() {
        List<AccountId> brands = brands(5);
        AccountId foreign = StoredAccounts.brandOf(database, StoredAccounts.agency(database))
                .acting()
                .id();
        assertThat(subscriptions.keep(agency.actor(), root(), brands.subList(0, 1)))
                .as("there is room")
                .satisfies(SubscriptionsTest::isRejected);
        give(plan("pro", "agency-pro", 1, 0, 0));

        for (List<AccountId> bad : List.of(brands.subList(0, 4), List.of(foreign), List.of(root()))) {
            assertThat(subscriptions.keep(agency.actor(), root(), bad))
                    .as(bad.toString())
                    .satisfies(SubscriptionsTest::isRejected);
            var wanted = new PlanRequest(plan("free", "agency-pro", 1, 0, 0), BillingCycle.MONTHLY, Optional.of(bad));
            assertThat(subscriptions.change(agency.actor(), root(), wanted)).satisfies(SubscriptionsTest::isRejected);
        }
        assertThat(readOnly()).isEqualTo(brands.subList(3, 5));
        assertThat(subscriptions.keep(agency.actor(), brands.get(0), List.of())).isEqualTo(Outcome.notFound());
    }

    @Test
    void aChangeIsPaidFromNowAndATierIsNotPaidTwice() {
        change(plan("premium", "none", 0, 0, 0), Optional.empty());
        Instant end = Instant.parse("2026-12-20T10:00:00Z");
        assertThat(standing().subscription().nextBillingAt()).contains(end);
        clock.forward(Duration.ofDays(10));

        change(plan("enterprise", "none", 0, 0, 0), Optional.empty());
        assertThat(standing().subscription().nextBillingAt()).contains(end);

        subscriptions.setStatus(agency.actor(), root(), SubscriptionStatus.CANCELLED, Optional.of(end));
        assertThat(standing().accessUntil()).contains(end);
        assertThat(standing().subscription().cancelledAt()).contains(clock.instant());
        change(plan("pro", "none", 0, 0, 0), Optional.empty());
        assertThat(standing().subscription().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(standing().subscription().cancelledAt()).isEmpty();
        assertThat(audited()).contains("PlanChanged", "SubscriptionStatusChanged");
    }

    @ParameterizedTest
    @CsvSource({"active, pro", "trial, pro", "cancelled, free", "expired, free", "suspended, free"})
    void theStatusSaysWhatIsInForce(String status, String tier) {
        subscriptions.setStatus(
                agency.actor(), root(), SubscriptionStatus.of(status).orElseThrow(), Optional.of(clock.instant()));

        assertThat(standing().plan().tier().key())
                .as("the billing date is over")
                .isEqualTo(tier);
        assertThat(standing().hasAccess()).isEqualTo(tier.equals("pro"));
        assertThat(standing().subscription().plan().tier()).isEqualTo(Tier.PRO);
    }

    @Test
    void aPlanThatShrinksWhileBrandsAreMadeNeverLeavesMoreThanFitWritable() {
        brands(2);
        AtOnce.run(24, number -> {
            if (number % 6 == 3) {
                give(plan("pro", "agency-pro", number == 3 ? 1 : 2, 0, 0));
            } else {
                create("rush-" + number);
            }
            return number;
        });
        give(plan("pro", "agency-pro", 1, 0, 0));

        List<Place> places = database.read(tx -> new GraceStore(tx).places(root()));
        assertThat(places).hasSizeGreaterThanOrEqualTo(3).hasSizeLessThanOrEqualTo(10);
        assertThat(places).filteredOn(place -> place.suspendsAt().isEmpty()).hasSize(3);
        assertThat(standing().usedSubAccounts()).isEqualTo(places.size());
    }

    private PlanPrices prices(Map<String, String> environment) {
        return new PlanPrices(Settings.from(environment, new Properties()));
    }

    private static Plan plan(String tier, String permission, int packs3, int packs10, int packs25) {
        var packs = new EnumMap<Pack, Integer>(Pack.class);
        packs.put(Pack.THREE, packs3);
        packs.put(Pack.TEN, packs10);
        packs.put(Pack.TWENTY_FIVE, packs25);
        packs.values().removeIf(count -> count == 0);
        return new Plan(Tier.of(tier).orElseThrow(), AgencyPermission.of(permission), packs);
    }

    private PlanPreview preview(Plan plan, Optional<List<AccountId>> keep) {
        return plans.previews()
                .of(root(), new PlanRequest(plan, BillingCycle.MONTHLY, keep))
                .orElseThrow();
    }

    private void give(Plan plan) {
        assertThat(subscriptions.give(Actor.SERVER, root(), plan)).isEqualTo(Outcome.done());
    }

    private void change(Plan plan, Optional<List<AccountId>> keep) {
        assertThat(subscriptions.change(agency.actor(), root(), new PlanRequest(plan, BillingCycle.MONTHLY, keep)))
                .isEqualTo(Outcome.done());
    }

    private List<AccountId> brands(int count) {
        List<AccountId> made = new ArrayList<>();
        IntStream.range(0, count).forEach(number -> {
            if (create(Integer.toString(number)) instanceof Created.Done done) {
                made.add(done.subAccount().account().id());
            }
            clock.forward(Duration.ofMillis(1)); // within one millisecond ids have no order
        });
        return made;
    }

    private Created create(String suffix) {
        return plans.subAccounts()
                .create(agency, new NewSubAccount(name(suffix), "Brand " + suffix, Optional.empty(), Optional.empty()));
    }

    private String name(Object suffix) {
        return agency.root().username() + "-" + suffix;
    }

    private void use(AccountId account, PlanQuota quota, long amount) {
        database.write(tx -> plans.quotas().claim(tx, new Owner(root(), account), quota, amount));
    }

    private SubscriptionOverview standing() {
        return subscriptions.of(root()).orElseThrow();
    }

    private List<AccountId> readOnly() {
        return ids(standing().excess());
    }

    private static List<AccountId> ids(List<Place> places) {
        return places.stream().map(Place::id).toList();
    }

    private String statuses(List<AccountId> brands) {
        return String.join(
                " ",
                brands.stream()
                        .map(id -> database.<Optional<Account>>read(tx -> new AccountStore(tx).find(id))
                                .orElseThrow()
                                .status()
                                .key())
                        .toList());
    }

    private List<String> audited() {
        return database.read(tx -> tx.sql()
                .select(AUDIT_EVENTS.ACTION)
                .from(AUDIT_EVENTS)
                .where(AUDIT_EVENTS.TENANT_ID.eq(root()))
                .fetch(AUDIT_EVENTS.ACTION));
    }

    private AccountId root() {
        return agency.root().id();
    }

    private static void isRejected(Outcome<?> outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Rejected.class));
    }
}
