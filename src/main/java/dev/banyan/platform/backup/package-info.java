/// One archive with everything a server knows, independent of the kind of its database.
///
/// Owns no tables: it reads all of them through `DatabaseSnapshot`. May call the core and the rooms up to `limits`. A
/// backup runs next to a working server; a restore fills an empty folder or database, all or nothing. Nothing in an
/// archive is trusted before its digests are checked. Begin with `Backup` and `Restore`.
@NullMarked
package dev.banyan.platform.backup;

import org.jspecify.annotations.NullMarked;
