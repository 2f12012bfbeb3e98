/// The database: one interface, SQLite and PostgreSQL behind it, transactions, migrations, converters.
///
/// Owns the tables `write_checks` and `account_move_rows`. May call the core, `config`, `jobs` and `document`.
///
/// SQLite has one writer: callers who arrive while a commit waits for the disk share the next commit, each in a
/// savepoint of its own (`SqliteDatabase`). On PostgreSQL a write runs at READ COMMITTED and is repeated on
/// deadlock, and what must not change meanwhile is locked (`RowLock`). `DatabaseContract` in the tests holds both to
/// the same promises. A migration on main is never edited (docs/decisions/0043). `DatabaseUnavailable` says that the
/// database is to blame and not the request: 503 with `Retry-After` (docs/decisions/0039). Caches and events run in
/// `Tx.afterCommit`, never before. What may be a second old is read with `readRecent`, from a replica if there is one
/// (docs/decisions/0157). Begin with `Database` and `Tx`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.db;
