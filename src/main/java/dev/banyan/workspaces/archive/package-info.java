/// Exports a workspace to one file, and imports it elsewhere.
///
/// May call every package of workspaces but `administration`. Begin with `WorkspaceExports` and `WorkspaceImports`.
@NullMarked
package dev.banyan.workspaces.archive;

import org.jspecify.annotations.NullMarked;
