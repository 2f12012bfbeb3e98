/// Who is asking, in which workspace, and whether they may: the first thing every route of workspaces does.
///
/// May call the core. `WorkspaceApiGuard` is for programs, `WorkspacePageGuard` for a workspace's own pages,
/// `ProjectGuard` for the
/// project's
/// side.
@NullMarked
package dev.banyan.workspaces.access;

import org.jspecify.annotations.NullMarked;
