/// Checks who is asking, in which workspace, and whether they may: the first step of every workspace route.
///
/// May call the core. `WorkspaceApiGuard` is for API clients, `WorkspacePageGuard` for a workspace's own pages,
/// `ProjectGuard` for the project's side.
@NullMarked
package dev.banyan.workspaces.access;

import org.jspecify.annotations.NullMarked;
