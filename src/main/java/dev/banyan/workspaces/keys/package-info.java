/// API keys of a workspace: creating, listing and deleting them, in the API and on a page.
///
/// Owns no tables of its own. May call `signin` and everything below it.
///
/// How a key opens a route is in `access`: `WorkspaceKeyFilter` lets the program in, `WorkspaceKeyRoutes` says with
/// which permission, and `WorkspaceActor.Key` limits what it may give to others. A key works only as long as the
/// person who created it may manage the workspace. Begin with `WorkspaceApiKeys`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.keys;
