/// Moving conversations, files and users of another server in.
///
/// May call `users` and everything below it. Begin with `MigrationJobs`.
@NullMarked
package dev.banyan.workspaces.migration;

import org.jspecify.annotations.NullMarked;
