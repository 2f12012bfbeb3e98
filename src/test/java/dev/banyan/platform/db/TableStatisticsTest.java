package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class TableStatisticsTest {

    @Test
    void aTableThatHasGrownIsMadeKnownOnce() {
        try (Database database = TestDatabases.POSTGRES.newMigratedPlace().get()) {
            var statistics = new TableStatistics(database);
            database.write(tx -> tx.sql().execute("CREATE TABLE parcels (weight INTEGER)"));
            grow(database);

            assertThat(statistics.refresh()).containsExactly("parcels");
            List<Long> rows = database.read(tx -> tx.sql()
                    .fetch("SELECT reltuples FROM pg_class WHERE relname = 'parcels'")
                    .into(Long.class));
            assertThat(rows).containsExactly(2_000L);
            assertThat(statistics.refresh()).as("nothing is new").isEmpty();

            grow(database);
            assertThat(statistics.refresh()).as("not doubled yet").isEmpty();
            grow(database);
            assertThat(statistics.refresh()).containsExactly("parcels");
        }
    }

    private static void grow(Database database) {
        database.write(tx -> {
            tx.sql().execute("INSERT INTO parcels SELECT g FROM generate_series(1, 2000) AS g");
            return tx.sql().fetch("SELECT pg_stat_force_next_flush()").size();
        });
    }

    @Test
    void sqliteNeedsNone() {
        try (Database database = TestDatabases.SQLITE.newMigratedPlace().get()) {
            assertThat(new TableStatistics(database).refresh()).isEmpty();
        }
    }
}
