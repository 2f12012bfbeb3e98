package dev.banyan.accounts.plans;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.TestPlans;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.UsageStore;
import dev.banyan.accounts.plans.Quotas.Claim;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnEveryDatabase
class QuotasTest {

    private final Quotas quotas;
    private final Database database;

    QuotasTest(Database database) {
        this.database = database;
        this.quotas = new TestPlans(database, new TestClock()).quotas();
    }

    @Test
    void claimsAtOnceNeverExceedTheTier() {
        Owner owner = StoredAccounts.owner(database, Tier.FREE).owner();

        List<Claim> claims = AtOnce.run(50, _ -> claim(owner, PlanQuota.LINKS, 1));

        assertThat(claims).filteredOn(Claim.Granted.class::isInstance).hasSize(10);
        assertThat(claims)
                .filteredOn(claim -> !(claim instanceof Claim.Granted))
                .containsOnly(new Claim.Exceeded(10, 10, Tier.FREE));
        assertThat(use(owner, PlanQuota.LINKS)).isEqualTo(new Quotas.Use(10, new Limit(10)));
    }

    @Test
    void claimsAndReleasesAtOnceLeaveATrueCounter() {
        Owner owner = StoredAccounts.owner(database, Tier.ENTERPRISE).owner();
        claim(owner, PlanQuota.PAGES, 100);

        AtOnce.run(
                100, number -> number % 2 == 0 ? claim(owner, PlanQuota.PAGES, 2) : release(owner, PlanQuota.PAGES, 1));

        assertThat(use(owner, PlanQuota.PAGES)).isEqualTo(new Quotas.Use(150, Limit.UNLIMITED));
    }

    @Test
    void aClaimIsGrantedWholeOrNotAtAll() {
        Owner owner = StoredAccounts.owner(database, Tier.FREE).owner();
        claim(owner, PlanQuota.LINKS, 8);

        assertThat(claim(owner, PlanQuota.LINKS, 3)).isEqualTo(new Claim.Exceeded(8, 10, Tier.FREE));
        assertThat(claim(owner, PlanQuota.LINKS, 2)).isEqualTo(new Claim.Granted());
    }

    @Test
    void aBrandHasTheLimitsOfTheLowerOfItsParentsTierAndThePermissionsCeiling() {
        var plan = new Plan(Tier.PREMIUM, Optional.of(AgencyPermission.PRO), Map.of(Pack.THREE, 1));
        AccountContext agency = StoredAccounts.owner(database, plan);
        Owner brand = StoredAccounts.brandOf(database, agency).owner();

        assertThat(use(brand, PlanQuota.PAGES)).isEqualTo(new Quotas.Use(0, new Limit(3)));
        assertThat(use(agency.owner(), PlanQuota.PAGES)).isEqualTo(new Quotas.Use(0, new Limit(10)));
        assertThat(use(agency.owner(), PlanQuota.SUB_ACCOUNTS)).isEqualTo(new Quotas.Use(0, new Limit(3)));
        assertThat(use(brand, PlanQuota.SUB_ACCOUNTS)).isEqualTo(new Quotas.Use(0, new Limit(0)));
    }

    @Test
    void anUnlimitedPlanHasNoLimitsForItsBrandsEither() {
        AccountContext agency = StoredAccounts.owner(database, Plan.UNLIMITED);
        Owner brand = StoredAccounts.brandOf(database, agency).owner();

        assertThat(claim(agency.owner(), PlanQuota.SUB_ACCOUNTS, 1_000)).isEqualTo(new Claim.Granted());
        assertThat(use(agency.owner(), PlanQuota.SUB_ACCOUNTS)).isEqualTo(new Quotas.Use(1_000, Limit.UNLIMITED));
        assertThat(claim(brand, PlanQuota.PAGES, 1_000)).isEqualTo(new Claim.Granted());
        assertThat(use(brand, PlanQuota.PAGES)).isEqualTo(new Quotas.Use(1_000, Limit.UNLIMITED));
        assertThat(use(brand, PlanQuota.SUB_ACCOUNTS)).isEqualTo(new Quotas.Use(0, new Limit(0)));
    }

    @Test
    void useAboveALimitThatSankIsKeptAndNothingIsAdded() {
        AccountContext owner = StoredAccounts.owner(database, Tier.PRO);
        claim(owner.owner(), PlanQuota.PAGES, 3);
        database.write(tx -> {
            new AccountStore(tx).setPlan(owner.root().id(), Plan.FREE, StoredAccounts.NOW);
            return owner;
        });

        assertThat(claim(owner.owner(), PlanQuota.PAGES, 1)).isEqualTo(new Claim.Exceeded(3, 1, Tier.FREE));
        assertThat(use(owner.owner(), PlanQuota.PAGES)).isEqualTo(new Quotas.Use(3, new Limit(1)));
    }

    @Test
    void withASharedQuotaAnAgencyAndItsBrandsHaveOneLimit() {
        Quotas shared = shared();
        AccountContext agency = StoredAccounts.agency(database);
        Owner north = StoredAccounts.brandOf(database, agency).owner();
        Owner south = StoredAccounts.brandOf(database, agency).owner();

        assertThat(claim(shared, agency.owner(), 30)).isEqualTo(new Claim.Granted());
        assertThat(claim(shared, north, 15)).isEqualTo(new Claim.Granted());
        assertThat(claim(shared, south, 6)).isEqualTo(new Claim.Exceeded(45, 50, Tier.PRO));
        assertThat(claim(shared, south, 5)).isEqualTo(new Claim.Granted());
        assertThat(database.<Quotas.Use>read(tx -> shared.use(tx, north, PlanQuota.LINKS)))
                .isEqualTo(new Quotas.Use(50, new Limit(50)));
        assertThat(use(north, PlanQuota.LINKS))
                .as("its own, under the other setting")
                .isEqualTo(new Quotas.Use(15, new Limit(50)));
    }

    @Test
    void claimsOfSeveralBrandsAtOnceNeverExceedTheSharedLimit() {
        Quotas shared = shared();
        AccountContext agency = StoredAccounts.agency(database);
        List<Owner> brands = Stream.generate(
                        () -> StoredAccounts.brandOf(database, agency).owner())
                .limit(4)
                .toList();

        List<Claim> claims = AtOnce.run(80, number -> claim(shared, brands.get(number % 4), 1));

        assertThat(claims).filteredOn(Claim.Granted.class::isInstance).hasSize(50);
        assertThat(together(agency)).isEqualTo(50);
        assertThat(brands.stream()
                        .mapToLong(brand -> use(brand, PlanQuota.LINKS).used())
                        .sum())
                .isEqualTo(50);
    }

    @Test
    void theSumOfATenantIsTrueUnderEitherSetting() {
        AccountContext agency = StoredAccounts.agency(database);
        Owner brand = StoredAccounts.brandOf(database, agency).owner();

        claim(agency.owner(), PlanQuota.LINKS, 20);
        claim(brand, PlanQuota.LINKS, 30);
        release(brand, PlanQuota.LINKS, 10);
        claim(brand, PlanQuota.LINKS, 100); // beyond the limit
        claim(shared(), brand, 100);

        assertThat(together(agency)).isEqualTo(40);
        assertThat(use(brand, PlanQuota.LINKS).used()).isEqualTo(20);
    }

    @Test
    void aDeletedBrandLeavesTheSumAndARestoredOneJoinsItAgain() {
        AccountContext agency = StoredAccounts.agency(database);
        Owner brand = StoredAccounts.brandOf(database, agency).owner();
        claim(agency.owner(), PlanQuota.LINKS, 20);
        claim(brand, PlanQuota.LINKS, 10);

        status(
                brand,
                "deleted",
                () -> database.write(tx -> {
                    quotas.leave(tx, brand);
                    return brand;
                }));
        assertThat(together(agency)).isEqualTo(20);
        release(brand, PlanQuota.LINKS, 4); // erased data is not subtracted twice
        assertThat(together(agency)).isEqualTo(20);

        status(
                brand,
                "active",
                () -> database.write(tx -> {
                    quotas.join(tx, brand);
                    return brand;
                }));
        assertThat(together(agency)).isEqualTo(26);
    }

    @Test
    void claimsWhileABrandIsDeletedLeaveATrueSum() {
        AccountContext agency = StoredAccounts.agency(database);
        for (int round = 0; round < 5; round++) {
            Owner brand = StoredAccounts.brandOf(database, agency).owner();
            AtOnce.run(
                    12,
                    number -> number == 6
                            ? database.<Claim>write(tx -> {
                                quotas.leave(tx, brand);
                                tx.sql()
                                        .execute(
                                                "UPDATE accounts SET status = 'deleted' WHERE id = ?",
                                                brand.account().toString());
                                return new Claim.Granted();
                            })
                            : claim(brand, PlanQuota.LINKS, 1));
            assertThat(together(agency)).isZero();
        }
    }

    @Test
    void whatIsOverASharedLimitIsTakenFromTheNewestBrand() {
        Quotas shared = shared();
        AccountContext agency = StoredAccounts.owner(database, Tier.ENTERPRISE);
        List<Owner> oldestFirst = Stream.generate(
                        () -> StoredAccounts.brandOf(database, agency).owner())
                .limit(3)
                .sorted(Comparator.comparing(owner -> owner.account().toString()))
                .toList();
        Owner first = oldestFirst.get(0);
        Owner second = oldestFirst.get(1);
        Owner third = oldestFirst.get(2);
        claim(shared, agency.owner(), 4);
        claim(shared, first, 3);
        claim(shared, second, 5);
        claim(shared, third, 2);
        assertThat(within(shared, third)).isEqualTo(2);

        plan(agency, Plan.FREE);

        assertThat(within(shared, agency.owner())).isEqualTo(4);
        assertThat(within(shared, first)).isEqualTo(3);
        assertThat(within(shared, second)).isEqualTo(3);
        assertThat(within(shared, third)).isZero();
        assertThat(within(quotas, third)).as("each has its own limit").isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "pro, agency-pro, pro", "free, agency-premium, free", "premium, agency-basic, free",
        "premium, agency-pro, pro", "enterprise, agency-premium, premium", "enterprise, agency-pro, pro",
    })
    void aBrandsTierIsTheLowerOfItsParentsAndTheCeiling(String tier, String permission, String brands) {
        assertThat(plansWith(Map.of())
                        .of(bought(tier, permission))
                        .subAccountTier()
                        .key())
                .isEqualTo(brands);
    }

    @ParameterizedTest
    @CsvSource({"agency-premium, enterprise", "agency-pro, pro", "agency-basic, free"})
    void theSettingsMayLiftTheCeilingOfEnterprise(String permission, String brands) {
        Plans lifted = plansWith(Map.of("BANYAN_ENTERPRISE_SUB_ACCOUNTS", "enterprise"));

        assertThat(lifted.of(bought("enterprise", permission)).subAccountTier().key())
                .isEqualTo(brands);
        assertThat(lifted.of(bought("premium", "agency-premium")).subAccountTier())
                .isEqualTo(Tier.PREMIUM);
    }

    @ParameterizedTest
    @CsvSource({
        "all, premium, 10",
        "all, enterprise, 10",
        "enterprise, premium, 0",
        "enterprise, enterprise, 10",
        "off, enterprise, 0"
    })
    void theRollOutSaysWhoMayHaveSubAccounts(String setting, String tier, int max) {
        EffectivePlan plan =
                plansWith(Map.of("BANYAN_FEATURES_SUB_ACCOUNTS", setting)).of(bought(tier, "agency-pro"));

        assertThat(plan.subAccountLimit()).isEqualTo(new Limit(max));
        assertThat(plan.agencyPermission().isPresent()).isEqualTo(max > 0);
        assertThat(plan.room()).as("those who are there can stay").isEqualTo(new Limit(10));
    }

    private Plans plansWith(Map<String, String> environment) {
        return new TestPlans(database, new TestClock(), environment).plans();
    }

    private static Plan bought(String tier, String permission) {
        return new Plan(Tier.of(tier).orElseThrow(), AgencyPermission.of(permission), Map.of(Pack.TEN, 1));
    }

    private Quotas shared() {
        return new TestPlans(database, new TestClock(), Map.of("BANYAN_QUOTA", "shared")).quotas();
    }

    private Claim claim(Quotas of, Owner owner, long amount) {
        return database.write(tx -> of.claim(tx, owner, PlanQuota.LINKS, amount));
    }

    private long within(Quotas of, Owner owner) {
        return database.<Long>read(tx -> of.within(tx, owner)
                .getOrDefault(PlanQuota.LINKS, Quotas.Within.ALL)
                .room());
    }

    private long together(AccountContext agency) {
        return database.<Long>read(tx -> new UsageStore(tx).usedByTenant(agency.owner(), PlanQuota.LINKS));
    }

    private void status(Owner owner, String status, Runnable andThen) {
        database.write(tx -> tx.sql()
                .execute(
                        "UPDATE accounts SET status = ? WHERE id = ?",
                        status,
                        owner.account().toString()));
        andThen.run();
    }

    private void plan(AccountContext owner, Plan plan) {
        database.write(tx -> {
            new AccountStore(tx).setPlan(owner.root().id(), plan, StoredAccounts.NOW);
            return owner;
        });
    }

    private Claim claim(Owner owner, PlanQuota quota, long amount) {
        return database.write(tx -> quotas.claim(tx, owner, quota, amount));
    }

    private Claim release(Owner owner, PlanQuota quota, long amount) {
        return database.write(tx -> {
            quotas.release(tx, owner, quota, amount);
            return new Claim.Granted();
        });
    }

    private Quotas.Use use(Owner owner, PlanQuota quota) {
        return database.read(tx -> quotas.use(tx, owner, quota));
    }
}
