/// Moves conversations, files and users in from another server.
///
/// Owns the tables `moved_items` and `move_steps`. May call `inbox` and everything below it.
///
/// What was moved is remembered under the name that it had there, in the transaction that moves it: a run that is
/// repeated, or was cut off, adds nothing twice. Folders are only read, and links in them are not followed. The browser
/// and the console use the same operations. Begin with `MigrationJobs`, `ConversationMigration` and `UserImports`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.migration;
