package dev.banyan.platform.search;

import static dev.banyan.schema.Tables.WORD_INDEX_PROGRESS;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// How far jobs are that go through all that is there, once or from time to time: another server or a restart goes on
/// from there. The name of the table is that of the first such job.
public final class ProgressStore extends Store {

    public ProgressStore(Tx tx) {
        super(tx);
    }

    /// Returns what each job has noted, by its name.
    @AllTenants("a job goes through what all tenants have")
    public Map<String, String> all() {
        return sql.selectFrom(WORD_INDEX_PROGRESS).fetchMap(WORD_INDEX_PROGRESS.TEXTS, WORD_INDEX_PROGRESS.LAST_ID);
    }

    /// @param name up to 20 characters
    /// @param progress up to 40 characters
    @AllTenants("a job goes through what all tenants have")
    public void put(String name, String progress) {
        sql.insertInto(WORD_INDEX_PROGRESS, WORD_INDEX_PROGRESS.TEXTS, WORD_INDEX_PROGRESS.LAST_ID)
                .values(name, progress)
                .onConflict(WORD_INDEX_PROGRESS.TEXTS)
                .doUpdate()
                .set(WORD_INDEX_PROGRESS.LAST_ID, progress)
                .execute();
    }
}
