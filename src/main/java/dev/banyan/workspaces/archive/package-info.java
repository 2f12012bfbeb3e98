/// Exporting a whole workspace to one file, and importing it elsewhere.
///
/// Owns no tables of its own. May call every room of workspaces.
///
/// It is a room of its own because an archive is a promise that a workspace is never locked in. The manifest is written
/// last; `WorkspaceArchiveFile` trusts nothing of what is brought. Only owners export, and password hashes only when
/// asked for. An import gets new ids and comes in one transaction. Begin with `WorkspaceExports` and
/// `WorkspaceImports`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.archive;
