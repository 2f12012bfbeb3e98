package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.Converter;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;

/// The SQL of a query that nearly every request asks, written once. jOOQ builds and writes a query for each use, which
/// takes longer than the database needs to look a row up (bench/FINDINGS.md).
///
/// A store has one of these for each such query, as a constant, and passes the query as it would ask it without, with
/// the values in the order of their question marks. Which conditions it has must not depend on the values.
public final class SqlCache {

    private record Written(String text, List<DataType<?>> types, Field<?>[] fields) {}

    private volatile Map<SQLDialect, Written> known = Map.of();

    /// Returns the only row, if there is one.
    public Optional<Record> one(DSLContext sql, Supplier<? extends Select<?>> query, Object... values) {
        List<? extends Record> rows = fetch(sql, query, values);
        if (rows.size() > 1) {
            throw new IllegalStateException("More than one row: " + query.get());
        }
        return rows.stream().<Record>map(row -> row).findFirst();
    }

    /// Returns what each row says, as in `LIST.fetch(LinkStore::link, sql, () -> …, owner, page)`.
    public <T> List<T> fetch(
            Function<Record, T> row, DSLContext sql, Supplier<? extends Select<?>> query, Object... values) {
        return fetch(sql, query, values).stream().<T>map(row::apply).toList();
    }

    /// Returns all rows.
    public List<? extends Record> fetch(DSLContext sql, Supplier<? extends Select<?>> query, Object... values) {
        if (sql.configuration().executeListenerProviders().length > 0) {
            return query.get().fetch(); // tests change conditions, and count what jOOQ runs
        }
        Written kept = known.get(sql.family());
        Written written = kept == null ? write(sql.family(), query.get(), values) : kept;
        return sql.connectionResult(connection -> run(sql, connection, written, values));
    }

    private synchronized Written write(SQLDialect dialect, Select<?> query, Object... values) {
        List<? extends Param<?>> params = query.getParams().values().stream()
                .filter(param -> !param.isInline())
                .toList();
        if (!params.stream().map(Param::getValue).toList().equals(Arrays.asList(values))) {
            throw new IllegalArgumentException("The values are not those of the query: " + query);
        }
        List<DataType<?>> types =
                params.stream().<DataType<?>>map(Param::getDataType).toList();
        var written = new Written(query.getSQL(), types, query.getSelect().toArray(Field[]::new));
        var all = new EnumMap<SQLDialect, Written>(SQLDialect.class);
        all.putAll(known);
        all.put(dialect, written);
        known = Map.copyOf(all);
        return written;
    }

    private static List<? extends Record> run(
            DSLContext sql, Connection connection, Written written, Object... values) {
        try (PreparedStatement statement = connection.prepareStatement(written.text())) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, stored(written.types().get(i), values[i]));
            }
            try (ResultSet rows = statement.executeQuery()) {
                var read = new ArrayList<Record>();
                while (rows.next()) {
                    read.add(row(sql, rows, written.fields()));
                }
                return read;
            }
        } catch (SQLException failure) {
            throw new DataAccessException("SQL [" + written.text() + "]; " + failure.getMessage(), failure);
        }
    }

    /// By hand, because jOOQ asks the driver about each column of each result first.
    private static Record row(DSLContext sql, ResultSet rows, Field<?>... fields) throws SQLException {
        var values = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = fields[i].getDataType().convert(rows.getObject(i + 1));
        }
        Record row = sql.newRecord(fields);
        row.fromArray(values);
        return row;
    }

    private static <T> Object stored(DataType<T> type, Object value) {
        @SuppressWarnings("unchecked") // compared with the query's own value when its SQL was written
        var asked = (T) value;
        return storedAs(type.getConverter(), asked);
    }

    private static <D, T> Object storedAs(Converter<D, T> converter, T value) {
        return converter.to(value);
    }
}
