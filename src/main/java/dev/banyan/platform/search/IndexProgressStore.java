package dev.banyan.platform.search;

import static dev.banyan.schema.Tables.WORD_INDEX_PROGRESS;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Tx;
import org.jooq.DSLContext;

/// How far the texts are read that were indexed without signs. Those that are read have no row.
final class IndexProgressStore {

    private final DSLContext sql;

    IndexProgressStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Returns the name of texts that are to be read, if there are any.
    @AllTenants("a job reads the texts of all tenants")
    Optional<String> unread() {
        return sql.select(WORD_INDEX_PROGRESS.TEXTS)
                .from(WORD_INDEX_PROGRESS)
                .orderBy(WORD_INDEX_PROGRESS.TEXTS)
                .limit(1)
                .fetchOptional(WORD_INDEX_PROGRESS.TEXTS);
    }

    /// Returns the id of the last text that was read, and keeps others from reading on.
    @AllTenants("a job reads the texts of all tenants")
    Optional<String> lock(String texts) {
        return RowLock.on(
                        sql.select(WORD_INDEX_PROGRESS.LAST_ID)
                                .from(WORD_INDEX_PROGRESS)
                                .where(WORD_INDEX_PROGRESS.TEXTS.eq(texts)),
                        sql)
                .fetchOptional(WORD_INDEX_PROGRESS.LAST_ID);
    }

    @AllTenants("a job reads the texts of all tenants")
    void put(String texts, String last) {
        sql.update(WORD_INDEX_PROGRESS)
                .set(WORD_INDEX_PROGRESS.LAST_ID, last)
                .where(WORD_INDEX_PROGRESS.TEXTS.eq(texts))
                .execute();
    }

    @AllTenants("a job reads the texts of all tenants")
    void finish(String texts) {
        sql.deleteFrom(WORD_INDEX_PROGRESS)
                .where(WORD_INDEX_PROGRESS.TEXTS.eq(texts))
                .execute();
    }
}
