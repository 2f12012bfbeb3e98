package dev.banyan.platform.db;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.SelectForUpdateStep;

/// `SELECT … FOR UPDATE` if the database supports it. SQLite does not, and does not need it: it has one writer.
public final class RowLock {

    private RowLock() {}

    public static <R extends Record> ResultQuery<R> on(SelectForUpdateStep<R> select, DSLContext sql) {
        return sql.dialect().family() == SQLDialect.SQLITE ? select : select.forUpdate();
    }

    /// Keeps others from changing the rows; any number of transactions can do so at once.
    public static <R extends Record> ResultQuery<R> shared(SelectForUpdateStep<R> select, DSLContext sql) {
        return sql.dialect().family() == SQLDialect.SQLITE ? select : select.forShare();
    }

    /// The same as [#on], without the rows that another transaction has locked.
    public static <R extends Record> ResultQuery<R> skippingLocked(SelectForUpdateStep<R> select, DSLContext sql) {
        return sql.dialect().family() == SQLDialect.SQLITE
                ? select
                : select.forUpdate().skipLocked();
    }
}
