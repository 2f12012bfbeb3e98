package dev.banyan.accounts.subscription;

import static dev.banyan.schema.Tables.MAILS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AgencyModel;
import dev.banyan.accounts.AgencyModel.Brand;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.accounts.TestPlans;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.brands.SubAccountLife;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.accounts.brands.SubAccounts.NewSubAccount;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.accounts.plans.SubscriptionOverview;
import dev.banyan.accounts.plans.SubscriptionStatus;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.outcome.Refusal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/// Plans, packs, creation, deletion, downgrade and time, in any order: after each step the real agency on a real
/// database matches [AgencyModel].
class AgencyModelTest {

    private static final Database DATABASE = TestDatabases.SQLITE.newCopy();

    /// One step. Numbers of brands are taken modulo the number of brands.
    sealed interface Step {

        record Give(Plan plan) implements Step {}

        record Change(Plan plan) implements Step {}

        record Status(SubscriptionStatus status, int hoursPaid) implements Step {}

        record Create() implements Step {}

        record Delete(int brand) implements Step {}

        record Restore(int brand) implements Step {}

        record Suspend(int brand) implements Step {}

        record Reactivate(int brand) implements Step {}

        record Choose(Set<Integer> brands) implements Step {}

        /// Adds pages to a brand, or (-1) to the agency itself.
        record AddPages(int brand, int amount) implements Step {}

        record Wait(int hours) implements Step {}
    }

    @AfterContainer
    static void close() {
        DATABASE.close();
    }

    @Property(tries = 30)
    void theAgencyIsWhatTheModelSays(@ForAll boolean shared, @ForAll("steps") List<Step> steps) {
        var run = new Run(shared);
        run.check("at the start");
        for (int i = 0; i < steps.size(); i++) {
            run.take(steps.get(i));
            run.check("after step " + i + ", " + steps.get(i));
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> brand = Arbitraries.integers().between(0, 11);
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                Tuple.of(3, plans().map(Step.Give::new)),
                Tuple.of(1, plans().map(Step.Change::new)),
                Tuple.of(
                        2,
                        Combinators.combine(
                                        Arbitraries.of(SubscriptionStatus.class),
                                        Arbitraries.integers().between(0, 900))
                                .as(Step.Status::new)),
                Tuple.of(3, Arbitraries.create(Step.Create::new)),
                Tuple.of(2, brand.map(Step.Delete::new)),
                Tuple.of(2, brand.map(Step.Restore::new)),
                Tuple.of(1, brand.map(Step.Suspend::new)),
                Tuple.of(1, brand.map(Step.Reactivate::new)),
                Tuple.of(4, brand.set().ofMaxSize(4).map(Step.Choose::new)),
                Tuple.of(
                        2,
                        Combinators.combine(
                                        Arbitraries.integers().between(-1, 11),
                                        Arbitraries.integers().between(1, 4))
                                .as(Step.AddPages::new)),
                Tuple.of(3, Arbitraries.integers().between(1, 960).map(Step.Wait::new)),
                Tuple.of(3, Arbitraries.integers().between(718, 722).map(Step.Wait::new)));
        return step.list().ofMinSize(8).ofMaxSize(24);
    }

    private static Arbitrary<Plan> plans() {
        return Combinators.combine(
                        Arbitraries.of(Tier.class),
                        Arbitraries.of(AgencyPermission.class).optional(0.9),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(0, 0, 1))
                .as((tier, permission, threes, tens) -> {
                    var packs = new EnumMap<Pack, Integer>(Pack.class);
                    packs.put(Pack.THREE, threes);
                    packs.put(Pack.TEN, tens);
                    packs.values().removeIf(count -> count == 0);
                    return new Plan(tier, permission, packs);
                });
    }

    /// One agency, real and as a model.
    private static final class Run {

        private final TestClock clock = new TestClock();
        private final TestPlans real;
        private final AgencyModel model;
        private final AccountContext agency;
        private final List<AccountId> brands = new ArrayList<>();

        Run(boolean shared) {
            Map<String, String> settings = shared ? Map.of("BANYAN_QUOTA", "shared") : Map.of();
            this.real = new TestPlans(DATABASE, clock, settings);
            this.agency = StoredAccounts.agency(DATABASE);
            this.model = new AgencyModel(
                    shared,
                    clock.instant(),
                    new Plan(Tier.PRO, Optional.of(AgencyPermission.PRO), Map.of(Pack.TEN, 1)));
            for (int brand = 0; brand < 5; brand++) {
                take(new Step.Create());
            }
        }

        void take(Step step) {
            forward(Duration.ofMillis(1)); // ids are ordered, and no two steps happen at the same time
            switch (step) {
                case Step.Give give -> {
                    real.subscriptions().give(Actor.SERVER, root(), give.plan());
                    model.bought = give.plan();
                    model.settle();
                }
                case Step.Change change -> {
                    real.subscriptions()
                            .change(
                                    agency.actor(),
                                    root(),
                                    new PlanRequest(change.plan(), BillingCycle.MONTHLY, Optional.empty()));
                    model.bought = change.plan();
                    model.status = SubscriptionStatus.ACTIVE;
                    model.settle();
                }
                case Step.Status status -> {
                    var end = Optional.of(clock.instant().plus(Duration.ofHours(status.hoursPaid())));
                    real.subscriptions().setStatus(Actor.SERVER, root(), status.status(), end);
                    model.status = status.status();
                    model.paidUntil = end;
                    model.settle();
                }
                case Step.Create _ -> create();
                case Step.Wait wait -> {
                    forward(Duration.ofHours(wait.hours()));
                    real.subscriptions().expire();
                    real.graces().run();
                    model.job();
                }
                case Step.Choose choose -> choose(choose.brands());
                case Step.AddPages add -> addPages(add);
                case Step.Delete delete -> one(delete.brand(), this::delete);
                case Step.Restore restore -> one(restore.brand(), this::restore);
                case Step.Suspend suspend -> one(suspend.brand(), this::suspend);
                case Step.Reactivate reactivate -> one(reactivate.brand(), this::reactivate);
            }
        }

        private void forward(Duration time) {
            clock.forward(time);
            model.now = clock.instant();
        }

        private interface Act {
            void on(Brand brand, String id);
        }

        private void one(int number, Act act) {
            if (!brands.isEmpty()) {
                int index = number % brands.size();
                act.on(model.brands.get(index), brands.get(index).toString());
            }
        }

        private void create() {
            var wanted = new NewSubAccount(
                    agency.root().username() + "-" + brands.size(), "Brand", Optional.empty(), Optional.empty());
            SubAccounts.Created created = real.subAccounts().create(agency, wanted);
            if (model.mayCreate()) {
                assertThat(created)
                        .isInstanceOfSatisfying(
                                SubAccounts.Created.Done.class,
                                done -> brands.add(done.subAccount().account().id()));
                model.create();
            } else if (model.plan().agencyPermission().isEmpty()) {
                assertThat(created).isEqualTo(new SubAccounts.Created.Refused(new Refusal.Forbidden()));
            } else {
                assertThat(created)
                        .isEqualTo(
                                new SubAccounts.Created.Refused(new Refusal.LimitReached(model.used(), model.room())));
            }
        }

        private void delete(Brand brand, String id) {
            SubAccountLife.Changed changed = real.life().delete(agency, id);
            if (brand.isThere()) {
                assertThat(changed).isInstanceOf(SubAccountLife.Changed.Done.class);
                model.delete(brand);
            } else {
                assertThat(changed).isEqualTo(new SubAccountLife.Changed.Refused(new Refusal.NotFound()));
            }
        }

        private void restore(Brand brand, String id) {
            SubAccountLife.Changed changed = real.life().restore(agency, id);
            if (!brand.isThere() && model.mayRestore(brand)) {
                assertThat(changed).isInstanceOf(SubAccountLife.Changed.Done.class);
                model.restore(brand);
            } else {
                assertThat(changed).isNotInstanceOf(SubAccountLife.Changed.Done.class);
            }
        }

        private void suspend(Brand brand, String id) {
            real.life().suspend(agency, id);
            if (brand.isThere()) {
                model.suspend(brand);
            }
        }

        private void reactivate(Brand brand, String id) {
            SubAccountLife.Changed changed = real.life().reactivate(agency, id);
            if (brand.status == AccountStatus.SUSPENDED && model.mayReactivate(brand)) {
                assertThat(changed).isInstanceOf(SubAccountLife.Changed.Done.class);
                model.reactivate(brand);
            } else if (brand.status == AccountStatus.SUSPENDED) {
                assertThat(changed)
                        .isEqualTo(new SubAccountLife.Changed.Refused(
                                new Refusal.LimitReached(model.used(), model.room())));
            }
        }

        private void choose(Set<Integer> wanted) {
            if (brands.isEmpty()) {
                return;
            }
            Set<Integer> numbers =
                    wanted.stream().map(number -> number % brands.size()).collect(Collectors.toSet());
            Outcome<Nothing> changed = real.subscriptions()
                    .keep(
                            agency.actor(),
                            root(),
                            numbers.stream().map(brands::get).toList());
            if (model.mayChoose(numbers)) {
                assertThat(changed).isEqualTo(Outcome.done());
                model.choose(numbers);
            } else {
                assertThat(changed)
                        .isInstanceOfSatisfying(
                                Outcome.Refused.class,
                                refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Rejected.class));
            }
        }

        private void addPages(Step.AddPages add) {
            Optional<Brand> brand = add.brand() < 0 || brands.isEmpty()
                    ? Optional.empty()
                    : Optional.of(model.brands.get(add.brand() % brands.size()));
            if (brand.filter(one -> !one.isWritable()).isPresent()) {
                return; // no one acts for it
            }
            Quotas.Claim claim =
                    DATABASE.write(tx -> real.quotas().claim(tx, owner(brand), PlanQuota.PAGES, add.amount()));
            assertThat(claim instanceof Quotas.Claim.Granted).isEqualTo(model.mayAddPages(brand, add.amount()));
            if (claim instanceof Quotas.Claim.Granted) {
                brand.ifPresentOrElse(one -> one.pages += add.amount(), () -> model.rootPages += add.amount());
            }
        }

        private Owner owner(Optional<Brand> brand) {
            return brand.map(one -> new Owner(root(), brands.get(model.brands.indexOf(one))))
                    .orElse(agency.owner());
        }

        void check(String when) {
            for (int number = 0; number < brands.size(); number++) {
                AccountId id = brands.get(number);
                Brand expected = model.brands.get(number);
                var row = DATABASE.<Optional<SubAccountStore.Row>>read(tx -> new SubAccountStore(tx).find(root(), id))
                        .orElseThrow();
                assertThat(row.account().status())
                        .as("%s: brand %d", when, number)
                        .isEqualTo(expected.status);
                assertThat(row.account().isReadOnly())
                        .as("%s: brand %d is read-only", when, number)
                        .isEqualTo(expected.isReadOnly());
                if (expected.status == AccountStatus.SUSPENDED) {
                    assertThat(row.details().suspendedByPlan())
                            .as("%s: brand %d is suspended by the plan", when, number)
                            .isEqualTo(expected.byPlan);
                }
            }
            assertThat(model.brands.stream().filter(Brand::isWritable).count())
                    .as("%s: writable brands", when)
                    .isLessThanOrEqualTo(model.room());
            checkSums(when);
        }

        private void checkSums(String when) {
            SubscriptionOverview standing = real.subscriptions().of(root()).orElseThrow();
            assertThat(standing.usedSubAccounts()).as("%s: used", when).isEqualTo(model.used());
            assertThat(standing.plan().subAccountLimit()).as("%s: room", when).isEqualTo(new Limit(model.room()));
            assertThat(standing.plan().tier())
                    .as("%s: tier", when)
                    .isEqualTo(model.plan().tier());
            assertThat(standing.plan().subAccountTier())
                    .as("%s: brands' tier", when)
                    .isEqualTo(model.brandTier());
            assertThat(standing.subscription().status()).as("%s: status", when).isEqualTo(model.status);
            assertThat(standing.grace().isPresent()).as("%s: grace", when).isEqualTo(model.graceEnd.isPresent());
            DATABASE.read(tx -> {
                assertThat(new UsageStore(tx).usedByTenant(agency.owner(), PlanQuota.PAGES))
                        .as("%s: pages of all", when)
                        .isEqualTo(model.pagesOfAll());
                var accounts = new ArrayList<Optional<Brand>>(List.of(Optional.empty()));
                model.brands.stream().filter(Brand::isThere).map(Optional::of).forEach(accounts::add);
                for (Optional<Brand> account : accounts) {
                    assertThat(real.quotas()
                                    .within(tx, owner(account))
                                    .getOrDefault(PlanQuota.PAGES, Quotas.Within.ALL)
                                    .room())
                            .as("%s: shown pages", when)
                            .isEqualTo(model.shownPages(account));
                }
                assertThat(tx.sql()
                                .fetchCount(
                                        MAILS,
                                        MAILS.RECIPIENT
                                                .eq(agency.root().username() + "@example.com")
                                                // others are about the agency's own actions on a brand
                                                .and(MAILS.SUBJECT.contains("will be suspended"))))
                        .as("%s: mails", when)
                        .isEqualTo(model.mails);
                return tx;
            });
        }

        private AccountId root() {
            return agency.root().id();
        }
    }
}
