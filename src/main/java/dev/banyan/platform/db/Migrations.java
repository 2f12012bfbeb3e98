package dev.banyan.platform.db;

import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings a schema up to date. `common` holds the migrations of both databases; a folder named after the dialect holds
/// only the files that must differ.
final class Migrations {

    /// The newest version among the files, and the sum of Flyway's checksums of them all. `MigrationsTest` holds both
    /// against a new database and says what they must be.
    static final String NEWEST = "007";
    static final long CHECKSUM = -1_946_406_568L;

    static final String HISTORY = "SELECT max(version), sum(checksum) FROM flyway_schema_history WHERE success";

    private Migrations() {}

    /// @param place how the message names what was opened, such as "The data folder /srv/banyan"
    static void migrate(DataSource source, String dialect, String place) {
        if (isUpToDate(source)) {
            return;
        }
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration/common", "classpath:db/migration/" + dialect)
                .failOnMissingLocations(false)
                .loggers("slf4j")
                .load();
        try {
            refuseNewer(flyway, place);
            flyway.migrate();
        } catch (FlywayException failure) {
            throw new UnusableDatabase(place + " cannot be migrated: " + failure.getMessage(), failure);
        }
    }

    /// Most starts find nothing to do, and Flyway needs a fifth of the whole start to find that out.
    private static boolean isUpToDate(DataSource source) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var history = statement.executeQuery(HISTORY)) {
            return history.next() && NEWEST.equals(history.getString(1)) && history.getLong(2) == CHECKSUM;
        } catch (SQLException _) {
            return false; // a new database has no such table, and Flyway tells best what else is wrong
        }
    }

    /// Flyway itself runs happily on a schema from the future; an older program must not.
    private static void refuseNewer(Flyway flyway, String place) {
        Arrays.stream(flyway.info().applied())
                .filter(applied -> !applied.getState().isResolved())
                .findFirst()
                .ifPresent(unknown -> {
                    throw new UnusableDatabase(place + " belongs to a newer version of Banyan (schema "
                            + unknown.getVersion() + "); start that version, or restore a backup made before it");
                });
    }
}
