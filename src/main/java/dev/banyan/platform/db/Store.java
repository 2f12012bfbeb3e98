package dev.banyan.platform.db;

import org.jooq.DSLContext;

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
}
