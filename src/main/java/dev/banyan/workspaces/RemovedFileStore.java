package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.REMOVED_FILES;

import dev.banyan.platform.db.Tx;
import java.time.Instant;
import org.jooq.DSLContext;

/// Files and folders below `files/` in the data folder that nothing leads to any more: written down in the transaction
/// that ends them, removed later.
final class RemovedFileStore {

    private final DSLContext sql;

    RemovedFileStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// @param path below `files/`
    void add(String path, Instant now) {
        sql.insertInto(REMOVED_FILES)
                .set(REMOVED_FILES.PATH, path)
                .set(REMOVED_FILES.CREATED_AT, now)
                .onConflictDoNothing()
                .execute();
    }
}
