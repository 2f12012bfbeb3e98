package dev.banyan.platform.search;

import static dev.banyan.schema.Tables.WORD_INDEX_PROGRESS;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// How far the texts are read that were indexed without signs.
final class IndexProgressStore extends Store {

    IndexProgressStore(Tx tx) {
        super(tx);
    }

    /// Returns the last ids that were read, by the names of the texts; empty once all are read.
    @AllTenants("a job reads the texts of all tenants")
    Map<String, String> all() {
        return sql.selectFrom(WORD_INDEX_PROGRESS).fetchMap(WORD_INDEX_PROGRESS.TEXTS, WORD_INDEX_PROGRESS.LAST_ID);
    }

    @AllTenants("a job reads the texts of all tenants")
    void put(String texts, String last) {
        sql.insertInto(WORD_INDEX_PROGRESS, WORD_INDEX_PROGRESS.TEXTS, WORD_INDEX_PROGRESS.LAST_ID)
                .values(texts, last)
                .onConflict(WORD_INDEX_PROGRESS.TEXTS)
                .doUpdate()
                .set(WORD_INDEX_PROGRESS.LAST_ID, last)
                .execute();
    }
}
