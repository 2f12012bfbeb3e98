/// The audit log of a workspace, for its admins and the project's side: in the API, on a page, and as a file.
///
/// Owns no tables of its own. May call `keys` and everything below it.
///
/// Every act in a workspace names the workspace as its target, so an index has its rows in order; an act that does not
/// is not seen here. Admins see what happened in their workspace, but neither the names nor the addresses of the
/// project's people. Begin with `WorkspaceAudit`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.audit;
