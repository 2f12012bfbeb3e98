package dev.banyan.commands;

import module java.base;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabasePlace;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.DatabaseView;
import dev.banyan.platform.db.ReplicaHealth;
import dev.banyan.platform.db.RowSecurity;
import org.jspecify.annotations.Nullable;

/// Whether reports can be read from the replica, if there is one. Without it the server works, from the primary alone.
final class ReplicaCheck {

    private ReplicaCheck() {}

    static List<Finding> of(Database primary, Settings settings) {
        return settings.databaseReadUrl()
                .map(url -> List.of(checked(primary, url, settings)))
                .orElse(List.of());
    }

    private static Finding checked(Database primary, String url, Settings settings) {
        try {
            var replica = new DatabaseView(DatabasePlace.of(Optional.of(url), settings.data()));
            Optional<String> problem = ReplicaHealth.of(primary, replica).problem();
            if (problem.isPresent()) {
                return unread(problem.get());
            }
            return replica.read(RowSecurity::isBypassed)
                    ? Finding.warning(RowSecurity.BYPASSED.replace("DATABASE_URL", "DATABASE_READ_URL"))
                    : Finding.good("The replica follows the database");
        } catch (DatabaseUnavailable away) {
            return unread(away.getMessage());
        }
    }

    private static Finding unread(@Nullable String why) {
        return Finding.warning("The replica can't be read: " + why
                + "; check BANYAN_DATABASE_READ_URL; until then, reports are read from the database itself");
    }
}
