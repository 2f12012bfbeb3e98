/// Exporting a workspace to one file, and importing it elsewhere.
///
/// May call every room of workspaces but `administration`. Begin with `WorkspaceArchives`.
@NullMarked
package dev.banyan.workspaces.archive;

import org.jspecify.annotations.NullMarked;
