package dev.banyan.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.accounts.Quotas.Claim;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class QuotasTest {

    private final Quotas quotas = new Quotas();
    private final Database database;

    QuotasTest(Database database) {
        this.database = database;
    }

    @Test
    void claimsAtOnceNeverExceedTheTier() {
        Owner owner = StoredAccounts.owner(database, Tier.FREE).owner();

        List<Claim> claims = AtOnce.run(50, _ -> claim(owner, Quota.LINKS, 1));

        assertThat(claims).filteredOn(Claim.Granted.class::isInstance).hasSize(10);
        assertThat(claims)
                .filteredOn(claim -> !(claim instanceof Claim.Granted))
                .containsOnly(new Claim.Exceeded(10, 10, Tier.FREE));
        assertThat(use(owner, Quota.LINKS)).isEqualTo(new Quotas.Use(10, 10));
    }

    @Test
    void claimsAndReleasesAtOnceLeaveATrueCounter() {
        Owner owner = StoredAccounts.owner(database, Tier.ENTERPRISE).owner();
        claim(owner, Quota.PAGES, 100);

        AtOnce.run(100, number -> number % 2 == 0 ? claim(owner, Quota.PAGES, 2) : release(owner, Quota.PAGES, 1));

        assertThat(use(owner, Quota.PAGES)).isEqualTo(new Quotas.Use(150, Tier.UNLIMITED));
    }

    @Test
    void aClaimIsGrantedWholeOrNotAtAll() {
        Owner owner = StoredAccounts.owner(database, Tier.FREE).owner();
        claim(owner, Quota.LINKS, 8);

        assertThat(claim(owner, Quota.LINKS, 3)).isEqualTo(new Claim.Exceeded(8, 10, Tier.FREE));
        assertThat(claim(owner, Quota.LINKS, 2)).isEqualTo(new Claim.Granted());
    }

    @Test
    void aBrandHasTheLimitsOfTheLowerOfItsParentsTierAndThePermissionsCeiling() {
        var plan = new Plan(Tier.PREMIUM, Optional.of(AgencyPermission.PRO), Map.of(Pack.THREE, 1));
        AccountContext agency = StoredAccounts.owner(database, plan);
        Owner brand = StoredAccounts.brandOf(database, agency).owner();

        assertThat(use(brand, Quota.PAGES)).isEqualTo(new Quotas.Use(0, 3));
        assertThat(use(agency.owner(), Quota.PAGES)).isEqualTo(new Quotas.Use(0, 10));
        assertThat(use(agency.owner(), Quota.SUB_ACCOUNTS)).isEqualTo(new Quotas.Use(0, 3));
        assertThat(use(brand, Quota.SUB_ACCOUNTS)).isEqualTo(new Quotas.Use(0, 0));
    }

    @Test
    void useAboveALimitThatSankIsKeptAndNothingIsAdded() {
        AccountContext owner = StoredAccounts.owner(database, Tier.PRO);
        claim(owner.owner(), Quota.PAGES, 3);
        database.write(tx -> {
            new AccountStore(tx).setPlan(owner.root().id(), Plan.FREE, StoredAccounts.NOW);
            return owner;
        });

        assertThat(claim(owner.owner(), Quota.PAGES, 1)).isEqualTo(new Claim.Exceeded(3, 1, Tier.FREE));
        assertThat(use(owner.owner(), Quota.PAGES)).isEqualTo(new Quotas.Use(3, 1));
    }

    private Claim claim(Owner owner, Quota quota, long amount) {
        return database.write(tx -> quotas.claim(tx, owner, quota, amount));
    }

    private Claim release(Owner owner, Quota quota, long amount) {
        return database.write(tx -> {
            quotas.release(tx, owner, quota, amount);
            return new Claim.Granted();
        });
    }

    private Quotas.Use use(Owner owner, Quota quota) {
        return database.read(tx -> quotas.use(tx, owner, quota));
    }
}
