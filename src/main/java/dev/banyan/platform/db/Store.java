package dev.banyan.platform.db;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/// Reads and writes tables within one transaction, and speaks SQL and nothing else:
///
/// ```java
/// final class IconStore extends Store {
///
///     IconStore(Tx tx) {
///         super(tx);
///     }
///
///     List<Icon> list(Owner owner) {
///         return sql.selectFrom(ICONS).where(owned(owner)).fetch(IconStore::icon);
///     }
/// }
/// ```
public abstract class Store {

    /// Runs its statements.
    protected final DSLContext sql;

    protected Store(Tx tx) {
        this.sql = tx.sql();
    }

    /// A parameter that is bound when the statement of a batch is executed.
    protected static <T> Field<T> later(Field<T> column) {
        return DSL.val((T) null, column);
    }

    /// Writes a row, or these values of it where it is there already.
    protected final void put(Table<?> table, Columns key, Columns values) {
        sql.insertInto(table)
                .set(key)
                .set(values)
                .onConflict(key.keySet())
                .doUpdate()
                .set(values)
                .execute();
    }

    /// Deletes rows that meet a condition, a bounded number at a time.
    ///
    /// @param first which of them go first, if that matters
    protected final <K> int deleteSome(TableField<?, K> key, Condition which, int limit, OrderField<?>... first) {
        Table<?> table = key.getTable();
        return sql.deleteFrom(table)
                .where(key.in(
                        sql.select(key).from(table).where(which).orderBy(first).limit(limit)))
                .execute();
    }
}
