/// Who is asking, in which workspace, and whether they may: the first thing every route of workspaces does.
///
/// May call the core. `InWorkspace` is for programs, `AtWorkspace` for a workspace's own pages, `InProject` for the
/// project's
/// side.
@NullMarked
package dev.banyan.workspaces.access;

import org.jspecify.annotations.NullMarked;
