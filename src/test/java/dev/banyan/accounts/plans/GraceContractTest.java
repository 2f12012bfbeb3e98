package dev.banyan.accounts.plans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A grace period ends for its own agency alone.
@OnEveryDatabase
class GraceContractTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;

    GraceContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
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

    private boolean isIn(AccountId whose) {
        return database.<Boolean>read(tx -> new GraceStore(tx).find(whose).isPresent());
    }
}
