/// The database: one interface, SQLite and PostgreSQL behind it, transactions, migrations, converters.
@NullMarked
package dev.banyan.platform.db;

import org.jspecify.annotations.NullMarked;
