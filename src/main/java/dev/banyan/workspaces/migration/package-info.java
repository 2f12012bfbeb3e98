/// Moves conversations, files and users in from another server.
///
/// May call `users` and everything below it. Begin with `MigrationJobs`.
@NullMarked
package dev.banyan.workspaces.migration;

import org.jspecify.annotations.NullMarked;
