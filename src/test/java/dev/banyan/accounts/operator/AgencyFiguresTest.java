package dev.banyan.accounts.operator;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.operator.AgencyFigures.Band;
import dev.banyan.accounts.operator.AgencyFigures.Share;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The operator's metrics are totals of counters; this test creates the accounts behind them.
@OnEveryDatabase
class AgencyFiguresTest {

    private final Database database;
    private final TestClock clock = new TestClock();
    private final Uuids uuids = new Uuids(clock);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AgencyFigures figures;

    AgencyFiguresTest(Database database) {
        this.database = database;
        this.figures = new AgencyFigures(database, clock, registry);
    }

    @BeforeEach
    void forgetWhatOtherTestsWrote() {
        sql("DELETE FROM packs");
        sql("DELETE FROM account_usage");
        sql("DELETE FROM accounts");
    }

    @Test
    void anEmptyServerHasNoFigures() {
        var counted = figures.counted();

        assertThat(counted.premium().part()).isEmpty();
        assertThat(counted.permitted()).isEqualTo(new Share(0, 0));
        assertThat(counted.average()).isEmpty();
        assertThat(counted.full().part()).isEmpty();
        assertThat(gauge("banyan.sub_account_adoption.premium")).isNaN();
        assertThat(gauge("banyan.agencies")).isZero();
    }

    @Test
    void agenciesAreCountedByTierPermissionAndUse() {
        root("free", false, 0, Map.of());
        root("pro", true, 3, Map.of(3, 1)); // full
        root("pro", true, 0, Map.of(10, 1));
        root("premium", true, 2, Map.of(3, 1));
        root("premium", true, 7, Map.of(3, 1, 10, 2));
        root("premium", false, 0, Map.of());
        root("premium", false, 4, Map.of(10, 1)); // lost its permission
        root("enterprise", true, 25, Map.of(25, 1)); // full
        root("enterprise", true, 30, Map.of(25, 2));

        var counted = figures.counted();

        assertThat(counted.premium()).isEqualTo(new Share(5, 6));
        assertThat(counted.permitted()).isEqualTo(new Share(5, 6));
        assertThat(counted.agencies()).isEqualTo(6);
        assertThat(counted.subAccounts()).isEqualTo(71);
        assertThat(counted.average()).hasValue(71 / 6.0);
        assertThat(counted.premiumAverage()).hasValue(13 / 3.0);
        assertThat(counted.bands())
                .containsExactly(
                        new Band(1, 3, 2), new Band(4, 10, 2), new Band(11, 25, 1), new Band(26, Long.MAX_VALUE, 1));
        assertThat(counted.full()).isEqualTo(new Share(3, 6));
        assertThat(gauge("banyan.sub_account_adoption.premium")).isEqualTo(5 / 6.0);
        assertThat(gauge("banyan.agencies")).isEqualTo(6);
        assertThat(gauge("banyan.sub_accounts")).isEqualTo(71);
        assertThat(gauge("banyan.agencies.full")).isEqualTo(3);
    }

    @Test
    void looksWithinAMinuteShareOneCount() {
        root("premium", true, 1, Map.of(3, 1));
        assertThat(figures.counted().agencies()).isEqualTo(1);
        root("premium", true, 1, Map.of(3, 1));

        clock.forward(Duration.ofSeconds(59));
        assertThat(figures.counted().agencies()).isEqualTo(1);

        clock.forward(Duration.ofSeconds(2));
        assertThat(figures.counted().agencies()).isEqualTo(2);
        root("premium", true, 1, Map.of(3, 1));
        figures.renew();
        assertThat(gauge("banyan.agencies")).isEqualTo(3);
    }

    private void root(String tier, boolean permitted, long used, Map<Integer, Integer> packs) {
        String id = uuids.next().toString();
        String name = "a" + id.substring(9, 13) + id.substring(24);
        sql(
                "INSERT INTO accounts (id, tenant_id, kind, username, display_name, status, tier, agency_permission, created_at,"
                        + " updated_at) VALUES ('" + id + "', '" + id + "', 'root', '" + name + "', 'A', 'active', '"
                        + tier + "', "
                        + (permitted ? "'agency-pro'" : "NULL") + ", 1, 1)");
        sql("INSERT INTO account_usage VALUES ('" + id + "', '" + id + "', 'sub_accounts', " + used + ")");
        sql("INSERT INTO account_usage VALUES ('" + id + "', '" + id + "', 'pages', 9)");
        packs.forEach((size, number) -> sql("INSERT INTO packs VALUES ('" + id + "', " + size + ", " + number + ")"));
    }

    private double gauge(String name) {
        return Optional.ofNullable(registry.find(name).gauge()).orElseThrow().value();
    }

    private void sql(String statement) {
        database.write(tx -> tx.sql().execute(statement));
    }
}
