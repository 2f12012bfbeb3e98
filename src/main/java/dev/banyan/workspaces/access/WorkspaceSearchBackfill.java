package dev.banyan.workspaces.access;

import dev.banyan.platform.db.Database;
import dev.banyan.workspaces.WorkspaceWordStore;
import jakarta.inject.Singleton;
import java.util.List;

/// Indexes workspaces from before the search index existed. Stops looking when all are indexed, because every change of
/// a name updates the index itself.
@Singleton
public final class WorkspaceSearchBackfill {

    private static final int AT_ONCE = 200;

    private final Database database;
    private volatile boolean complete;

    public WorkspaceSearchBackfill(Database database) {
        this.database = database;
    }

    /// Indexes a limited number of workspaces. Called by a job.
    ///
    /// @return how many workspaces were indexed
    public int write() {
        if (complete) {
            return 0;
        }
        List<WorkspaceWordStore.Wordless> missing =
                database.read(tx -> new WorkspaceWordStore(tx).withoutWords(AT_ONCE));
        if (missing.isEmpty()) {
            complete = true;
            return 0;
        }
        return database.write(tx -> {
            var store = new WorkspaceWordStore(tx);
            missing.forEach(workspace -> store.complete(workspace.tenant(), workspace));
            return missing.size();
        });
    }
}
