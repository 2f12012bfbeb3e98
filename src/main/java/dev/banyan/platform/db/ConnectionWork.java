package dev.banyan.platform.db;

import java.sql.Connection;
import java.sql.SQLException;

/// Work with one connection, which is open for as long as it takes.
interface ConnectionWork<T> {

    T with(Connection connection) throws SQLException;
}
