package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// Whether the server is ready to do its work.
@Singleton
public final class Readiness {

    private final Database database;
    private final Nodes nodes;
    private final Drain drain;
    private volatile boolean started;

    Readiness(Database database, Nodes nodes, Drain drain) {
        this.database = database;
        this.nodes = nodes;
        this.drain = drain;
    }

    /// Marks the end of start-up.
    public void started() {
        started = true;
    }

    /// Answers at once, whatever the database's state.
    ///
    /// @return the reason why it is not ready; empty if it is
    Optional<String> obstacle() {
        if (drain.isStopping()) {
            return Optional.of("the server is stopping");
        }
        return started
                ? database.trouble()
                        .map(failure -> failure.sentence)
                        .or(() -> nodes.isAlive()
                                ? Optional.empty()
                                : Optional.of("the other servers have not heard from this one"))
                : Optional.of("the server is starting");
    }
}
