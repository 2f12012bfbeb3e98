package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// How far an update of the schema is.
final class MigrationSteps implements Callback {

    /// Looks through the audit of a workspace once for each of its users. With a million messages and 10,000 users that
    /// takes minutes, with this index seconds. The step itself can't be edited: it is part of released data.
    private static final String SLOW = "157";
    private static final String ITS_INDEX = "CREATE INDEX while_upgrading ON audit_events (tenant_id, target, action)";

    private final String place;
    private volatile int all;
    private volatile String work = "";
    private final AtomicInteger begun = new AtomicInteger();
    private volatile String step = "";

    MigrationSteps(String place) {
        this.place = place;
    }

    /// @param isNew whether there are no tables yet
    void expect(int steps, boolean isNew) {
        all = steps;
        work = isNew ? " is being set up" : " is being upgraded";
    }

    /// Returns a text such as "The data folder /srv/banyan is being upgraded: step 2 of 6 (schema 158, cut links)".
    String text() {
        return place + work + ": step " + begun + " of " + all + step;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        MigrationInfo info = context.getMigrationInfo();
        boolean before = event == Event.BEFORE_EACH_MIGRATE;
        if (before) {
            begun.incrementAndGet();
            step = " (schema " + info.getVersion() + ", " + info.getDescription() + ")";
        }
        if (info.getVersion().getVersion().equals(SLOW)) {
            execute(context.getConnection(), before ? ITS_INDEX : "DROP INDEX while_upgrading");
        }
    }

    private static void execute(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new FlywayException(sql, failure);
        }
    }

    @Override
    public String getCallbackName() {
        return "steps";
    }
}
