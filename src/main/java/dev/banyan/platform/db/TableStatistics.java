package dev.banyan.platform.db;

import module java.base;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import jakarta.inject.Singleton;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/// Updates PostgreSQL's statistics of table sizes soon after they changed a lot. It does that by itself once a minute;
/// until then it treats a table that has just grown as empty, and may read all of it for each row of another.
@Singleton
record TableStatistics(Database database) implements Recurring {

    private static final int WORTH_KNOWING = 1_000;

    /// Updates the tables that have doubled since PostgreSQL last looked; SQLite needs no statistics. A job calls this.
    ///
    /// @return their names
    public List<String> refresh() {
        return database.write(tx -> {
            if (tx.sql().dialect() != SQLDialect.POSTGRES) {
                return List.of();
            }
            List<String> grown = tx.sql().fetch("""
                    SELECT tables.relname FROM pg_stat_user_tables AS tables JOIN pg_class ON pg_class.oid = tables.relid
                    WHERE tables.n_live_tup > ? AND tables.n_live_tup > 2 * pg_class.reltuples""", WORTH_KNOWING).into(String.class);
            grown.forEach(table -> tx.sql().execute("ANALYZE {0}", DSL.name(table)));
            return grown;
        });
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "5s", "5s", "refresh-statistics", "Updates the statistics of tables that have grown.", this::refresh);
    }
}
