package dev.banyan.platform.web.gate;

import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Trouble;
import jakarta.inject.Singleton;
import java.util.Optional;

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

    /// Answers at once, whatever the database does.
    ///
    /// @return why not; empty when it can
    Optional<String> obstacle() {
        return started ? database.trouble().map(Trouble::sentence) : Optional.of("the server is starting");
    }
}
