package dev.banyan.platform.files;

import static dev.banyan.schema.Tables.REMOVED_FILES;

import module java.base;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;

/// The files whose rows are deleted, until they are removed themselves. The files may be on another machine, so nothing
/// waits for them in a transaction.
public final class RemovedFileStore extends Store {

    public RemovedFileStore(Tx tx) {
        super(tx);
    }

    /// Schedules a file or folder for removal once this transaction is committed.
    public void add(String path, Instant now) {
        sql.insertInto(REMOVED_FILES)
                .set(REMOVED_FILES.PATH, path)
                .set(REMOVED_FILES.CREATED_AT, now)
                .onConflictDoNothing()
                .execute();
    }

    /// The same for all paths that a query finds.
    public void addAll(Select<Record1<String>> paths, Instant now) {
        var found = paths.asTable("found", "path");
        sql.insertInto(REMOVED_FILES, REMOVED_FILES.PATH, REMOVED_FILES.CREATED_AT)
                .select(DSL.select(found.field("path", String.class), DSL.val(now, REMOVED_FILES.CREATED_AT))
                        .from(found)
                        .where(DSL.trueCondition())) // SQLite reads ON CONFLICT as a join without it
                .onConflictDoNothing()
                .execute();
    }

    /// Returns the paths that are waiting to be removed, oldest first.
    public List<String> list(int limit) {
        return sql.select(REMOVED_FILES.PATH)
                .from(REMOVED_FILES)
                .orderBy(REMOVED_FILES.CREATED_AT, REMOVED_FILES.PATH)
                .limit(limit)
                .fetch(REMOVED_FILES.PATH);
    }

    void forget(Collection<String> paths) {
        sql.deleteFrom(REMOVED_FILES).where(REMOVED_FILES.PATH.in(paths)).execute();
    }
}
