/// The commands of `./banyan` that run next to a server or without one (`doctor`, `backup`, `restore`, `audit`), the
/// checks before a start, and programs that act with an API key on any server (`api`, `listen`).
///
/// Owns no tables. May call `platform`, `accounts`, `console`, `whatsapp` and `workspaces`. `Boot` checks the data
/// folder, the database and the port in that order, before Quarkus starts: a second server on the same folder is
/// stopped by a file lock that ends with its process. `DoctorCommand` runs the `…Check` classes; each returns a
/// `Finding` with what to do about it. Begin with `CommandLine`, then `Boot`.
@org.jspecify.annotations.NullMarked
package dev.banyan.commands;
