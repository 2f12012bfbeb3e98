package dev.banyan.platform.db;

import module java.base;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Columns with their values, said once for the statements that write them. An empty value writes NULL.
///
/// ```java
/// private static Columns columns(Icon icon) {
///     return new Columns().with(ICONS.URL, icon.url()).with(ICONS.NOTE, icon.note());
/// }
///
/// sql.insertInto(ICONS).set(ICONS.ID, icon.id()).set(columns(icon)).execute();
/// sql.update(ICONS).set(columns(icon)).where(ICONS.ID.eq(icon.id())).execute();
/// ```
public final class Columns extends LinkedHashMap<Field<?>, Object> {

    private static final long serialVersionUID = 1L;

    public <T> Columns with(Field<T> column, T value) {
        put(column, value);
        return this;
    }

    public <T> Columns with(Field<T> column, Optional<? extends T> value) {
        put(column, value.orElse(null));
        return this;
    }

    /// What adds the counts of a row that is written to those of the one that is there.
    public static Columns adding(Field<?>... counters) {
        var added = new Columns();
        Stream.of(counters).forEach(counter -> added.put(counter, counter.plus(DSL.excluded(counter))));
        return added;
    }
}
