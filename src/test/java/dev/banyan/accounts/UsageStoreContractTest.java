package dev.banyan.accounts;

import static dev.banyan.schema.Tables.ACCOUNT_USAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class UsageStoreContractTest {

    private final Database database;
    private final Owner owner;
    private final Owner stranger;

    UsageStoreContractTest(Database database) {
        this.database = database;
        this.owner = StoredAccounts.owner(database, Tier.FREE).owner();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).owner();
    }

    @Test
    void aNewAccountUsesNothing() {
        assertThat(List.of(PlanQuota.values())).allMatch(quota -> used(owner, quota) == 0);
    }

    @Test
    void useIsAddedUpToItsLimitAndNotBeyond() {
        assertThat(add(owner, 3, 5)).isTrue();
        assertThat(add(owner, 3, 5)).isFalse();
        assertThat(used(owner, PlanQuota.LINKS)).isEqualTo(3);

        assertThat(add(owner, 2, 5)).isTrue();
        assertThat(used(owner, PlanQuota.LINKS)).isEqualTo(5);
        assertThat(used(owner, PlanQuota.PAGES)).as("another quota").isZero();
        assertThat(used(stranger, PlanQuota.LINKS)).as("another account").isZero();
    }

    @Test
    void useNeverExceedsItsLimitHoweverManyAskAtOnce() {
        List<Boolean> granted = AtOnce.run(60, _ -> add(owner, 1, 10));

        assertThat(granted).filteredOn(yes -> yes).hasSize(10);
        assertThat(used(owner, PlanQuota.LINKS)).isEqualTo(10);
    }

    @Test
    void useThatIsGivenBackCanBeTakenAgain() {
        add(owner, 5, 5);

        subtract(owner, 2);

        assertThat(used(owner, PlanQuota.LINKS)).isEqualTo(3);
        assertThat(add(owner, 2, 5)).isTrue();
    }

    @Test
    void useBelowNothingCannotBeStored() {
        add(owner, 1, 5);

        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> subtract(owner, 2));
        assertThat(used(owner, PlanQuota.LINKS)).isEqualTo(1);
    }

    @Test
    void anAccountOfAnotherTenantIsNotChanged() {
        var mixed = new Owner(stranger.tenant(), owner.account());
        add(owner, 1, 5);

        assertThat(add(mixed, 1, 5)).isFalse();
        subtract(mixed, 1);

        assertThat(used(owner, PlanQuota.LINKS)).isEqualTo(1);
    }

    @Test
    void aCounterOfAnotherTenantsAccountCannotBeStored() {
        Owner brand = StoredAccounts.brandOf(database, StoredAccounts.agency(database))
                .owner();
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> database.write(tx -> tx.sql()
                        .insertInto(ACCOUNT_USAGE)
                        .set(ACCOUNT_USAGE.TENANT_ID, stranger.tenant())
                        .set(ACCOUNT_USAGE.ACCOUNT_ID, brand.account())
                        .set(ACCOUNT_USAGE.QUOTA, "other")
                        .set(ACCOUNT_USAGE.USED, 0L)
                        .execute()));
    }

    @Test
    void theUseOfManyAccountsIsReadAtOnce() {
        add(owner, 4, 5);

        Map<?, Map<PlanQuota, Long>> used =
                database.read(tx -> new UsageStore(tx).used(List.of(owner.account(), stranger.account())));

        assertThat(used)
                .isEqualTo(Map.of(
                        owner.account(),
                                Map.of(
                                        PlanQuota.PAGES,
                                        0L,
                                        PlanQuota.LINKS,
                                        4L,
                                        PlanQuota.LINK_GROUPS,
                                        0L,
                                        PlanQuota.SHORT_LINKS,
                                        0L,
                                        PlanQuota.SUB_ACCOUNTS,
                                        0L),
                        stranger.account(),
                                Map.of(
                                        PlanQuota.PAGES,
                                        0L,
                                        PlanQuota.LINKS,
                                        0L,
                                        PlanQuota.LINK_GROUPS,
                                        0L,
                                        PlanQuota.SHORT_LINKS,
                                        0L,
                                        PlanQuota.SUB_ACCOUNTS,
                                        0L)));
    }

    private boolean add(Owner whose, long amount, long limit) {
        return database.write(tx -> new UsageStore(tx).add(whose, PlanQuota.LINKS, amount, limit));
    }

    private void subtract(Owner whose, long amount) {
        database.write(tx -> {
            new UsageStore(tx).subtract(whose, PlanQuota.LINKS, amount);
            return amount;
        });
    }

    private long used(Owner whose, PlanQuota quota) {
        return database.read(tx -> new UsageStore(tx).used(whose.account(), quota));
    }
}
