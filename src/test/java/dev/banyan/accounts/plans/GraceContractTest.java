package dev.banyan.accounts.plans;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

/// A grace period ends for its own agency alone.
@OnEveryDatabase
class GraceContractTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final Database database;
    private final AccountContext tenantAgency;
    private final AccountContext strangerAgency;
    private final AccountId tenant;
    private final AccountId stranger;

    GraceContractTest(Database database) {
        this.database = database;
        this.tenantAgency = StoredAccounts.agency(database);
        this.strangerAgency = StoredAccounts.agency(database);
        this.tenant = tenantAgency.root().id();
        this.stranger = strangerAgency.root().id();
    }

    @Test
    void whatIsDeletedIsTheTenantsOwn() {
        for (AccountId one : List.of(tenant, stranger)) {
            database.write(tx -> {
                new GraceStore(tx).save(one, new GracePeriod(NOW, NOW.plus(Duration.ofDays(30)), 0, false));
                return one;
            });
        }

        database.write(tx -> {
            new GraceStore(tx).delete(tenant);
            return tenant;
        });

        assertThat(isIn(tenant)).isFalse();
        assertThat(isIn(stranger)).isTrue();
    }

    @Test
    void whoWasChosenToStayIsForgottenForTheTenantAlone() {
        AccountId chosenByTenant = secondBrandIsKept(tenantAgency);
        AccountId chosenByStranger = secondBrandIsKept(strangerAgency);

        database.write(tx -> {
            new GraceStore(tx).delete(tenantAgency.root().id());
            return chosenByTenant;
        });

        assertThat(first(tenantAgency)).isNotEqualTo(chosenByTenant);
        assertThat(first(strangerAgency)).isEqualTo(chosenByStranger);
    }

    private AccountId secondBrandIsKept(AccountContext agency) {
        StoredAccounts.brandOf(database, agency);
        AccountId second = StoredAccounts.brandOf(database, agency).acting().id();
        database.write(tx -> {
            new GraceStore(tx).keep(agency.root().id(), List.of(second));
            return second;
        });
        assertThat(first(agency)).isEqualTo(second);
        return second;
    }

    /// Returns the brand that a plan covers first.
    private AccountId first(AccountContext agency) {
        return database.read(tx -> new GraceStore(tx).places(agency.root().id()))
                .getFirst()
                .id();
    }

    private boolean isIn(AccountId whose) {
        return database.<Boolean>read(tx -> new GraceStore(tx).find(whose).isPresent());
    }
}
