package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.SQLException;

/// The state of a database, found without changing it.
///
/// @param version of its schema, such as `010`; empty if it has no tables of ours
/// @param damages one line each
public record DatabaseHealth(Schema schema, Optional<String> version, List<String> damages) {

    /// How the schema of a database compares with the one that this program creates.
    public enum Schema {
        /// Not checked, because the database is damaged.
        UNKNOWN,
        NONE,
        OLDER,
        CURRENT,
        NEWER,
        /// The version is ours, the tables are not: created by a build between two releases.
        OTHER
    }

    /// Returns the newest version, such as `010`.
    public static String newestVersion() {
        return Migrations.NEWEST;
    }

    /// @throws DatabaseUnavailable with one clear line if it cannot be read
    public static DatabaseHealth of(DatabasePlace place) {
        place.requireExisting();
        try (Connection connection = place.inspecting()) {
            try {
                List<String> damages = place.damages(connection);
                if (!damages.isEmpty()) {
                    return new DatabaseHealth(Schema.UNKNOWN, Optional.empty(), damages);
                }
                Optional<String> version = DatabaseSnapshot.schemaVersion(connection);
                return new DatabaseHealth(schema(connection, version), version, damages);
            } finally {
                connection.rollback();
            }
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(place.name() + " cannot be opened: " + failure.getMessage(), failure);
        }
    }

    /// Returns the schema without looking for damages, which takes as long as reading everything.
    ///
    /// @throws DatabaseUnavailable with one clear line if it cannot be read
    public static Schema schemaOf(DatabasePlace place) {
        place.requireExisting();
        try (Connection connection = place.inspecting()) {
            try {
                return schema(connection, DatabaseSnapshot.schemaVersion(connection));
            } finally {
                connection.rollback();
            }
        } catch (SQLException failure) {
            throw new DatabaseUnavailable(place.name() + " cannot be opened: " + failure.getMessage(), failure);
        }
    }

    private static Schema schema(Connection connection, Optional<String> version) throws SQLException {
        if (version.isEmpty()) {
            return Schema.NONE;
        }
        if (!Migrations.isKnown(version.get())) {
            return Schema.NEWER;
        }
        if (!version.get().equals(Migrations.NEWEST)) {
            return Schema.OLDER;
        }
        return Migrations.isUpToDate(connection) ? Schema.CURRENT : Schema.OTHER;
    }
}
