package dev.banyan.platform.db;

import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// How far an update of the schema is.
final class MigrationSteps implements Callback {

    private final String place;
    private volatile int all;
    private volatile int begun;
    private volatile String step = "";

    MigrationSteps(String place) {
        this.place = place;
    }

    void expect(int steps) {
        all = steps;
    }

    /// Returns a text such as "The data folder /srv/banyan is being upgraded: step 2 of 6 (schema 158, cut links)".
    String text() {
        return place + " is being upgraded: step " + begun + " of " + all + step;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        MigrationInfo next = context.getMigrationInfo();
        begun++;
        step = " (schema " + next.getVersion() + ", " + next.getDescription() + ")";
    }

    @Override
    public String getCallbackName() {
        return "steps";
    }
}
