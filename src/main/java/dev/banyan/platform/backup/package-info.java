/// One archive with everything a server knows, independent of the kind of its database.
///
/// Owns the tables `backup_plan` and `backup_results`. The rows of all tables are read through `DatabaseSnapshot`.
/// May call the core and the rooms up to `limits`. A backup runs next to a working server; a restore fills an empty
/// folder or database, all or nothing. Nothing in an archive is trusted before its digests are checked. Begin with
/// `Backup` and `Restore`; `PlannedBackups` writes those that an operator planned.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.backup;
