package dev.banyan.demo;

import module java.base;
import dev.banyan.accounts.signin.SamplePeople;
import dev.banyan.commands.Boot;
import dev.banyan.platform.OwnCommand;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.DatabaseHealth;
import dev.banyan.platform.db.DatabasePlace;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.DatabaseView;

/// Checks that the demo works only in a database that is empty or was created by the demo. Runs before anything is
/// opened, so that another server's database is not even migrated.
public final class DemoSafetyCheck {

    private DemoSafetyCheck() {}

    public static void require(Settings settings) {
        var place = DatabasePlace.of(settings.databaseUrl(), DataFolder.database(settings.data()));
        if (isForeign(place, settings.data())) {
            throw new Boot.Refused(
                    settings.databaseUrl().isPresent()
                            ? "The database of BANYAN_DATABASE_URL has accounts that the demo didn't create. Start it"
                                    + " with " + OwnCommand.NAME + " serve, or use an empty database"
                            : "The data folder " + settings.data() + " has accounts that the demo didn't create. Start"
                                    + " it with " + OwnCommand.NAME + " serve, or choose another folder with --data");
        }
    }

    private static boolean isForeign(DatabasePlace place, Path data) {
        var view = new DatabaseView(place);
        return switch (schemaOf(place)) {
            case UNKNOWN, NONE, NEWER -> false; // no accounts, or the start reports the error
            case OLDER, CURRENT, OTHER ->
                holds(() -> SamplePeople.hasPeople(view))
                        && !holds(() -> SamplePeople.hasSamples(view))
                        && !isOlderDemo(view, data);
        };
    }

    private static DatabaseHealth.Schema schemaOf(DatabasePlace place) {
        try {
            return DatabaseHealth.schemaOf(place);
        } catch (DatabaseUnavailable _) {
            return DatabaseHealth.Schema.UNKNOWN;
        }
    }

    /// Answers a query; an older schema may lack tables.
    private static boolean holds(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (DatabaseUnavailable _) {
            return false;
        }
    }

    /// Recognizes a demo from before the database itself recorded it.
    private static boolean isOlderDemo(DatabaseView view, Path data) {
        return Files.exists(data.resolve(DataFolder.DEMO)) && holds(() -> SamplePeople.hasPeople(view, Demo.PEOPLE));
    }
}
