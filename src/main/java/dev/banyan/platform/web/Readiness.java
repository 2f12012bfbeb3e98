package dev.banyan.platform.web;

import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.UnusableDatabase;
import jakarta.inject.Singleton;

/// Whether the server can do its work.
@Singleton
public final class Readiness {

    private final Database database;
    private volatile boolean started;

    Readiness(Database database) {
        this.database = database;
    }

    /// Everything that start-up does is done.
    public void started() {
        started = true;
    }

    boolean isReady() {
        if (!started) {
            return false;
        }
        try {
            return database.read(_ -> true);
        } catch (UnusableDatabase _) {
            return false;
        }
    }
}
