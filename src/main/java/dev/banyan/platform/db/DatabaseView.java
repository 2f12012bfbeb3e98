package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// Reads a database next to the server that may be using it. It neither creates nor migrates anything, so its schema
/// must be this program's ([DatabaseHealth] checks that).
public final class DatabaseView implements Database {

    private final DatabasePlace place;

    public DatabaseView(DatabasePlace place) {
        this.place = place;
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        try (Connection connection = place.inspecting()) {
            try {
                SQLDialect dialect = place.kind().equals("sqlite") ? SQLDialect.SQLITE : SQLDialect.POSTGRES;
                return Tx.reading(DSL.using(connection, dialect, JooqSettings.get()), new HashMap<>())
                        .run(work);
            } finally {
                connection.rollback();
            }
        } catch (SQLException | DataAccessException failure) {
            throw new DatabaseUnavailable(place.name() + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    @Override
    public <T> T write(Function<Tx, T> work) {
        throw new UnsupportedOperationException("A view is not written");
    }

    @Override
    public boolean isShared() {
        return true; // with the server
    }

    @Override
    public void close() {
        // Each read has a connection of its own.
    }
}
