/// Who is asking, in which workspace, and whether they may; and projects and workspaces themselves.
///
/// Owns the tables `workspace_limits`, `workspace_api_keys`. May call the core.
///
/// Three guards: `WorkspaceApiGuard` for programs, `WorkspacePageGuard` for a workspace's own pages, `ProjectGuard` for
/// pages of the project's side. What they let in is a parameter of resource methods: a `WorkspaceRequest`,
/// `ProjectRequest` or `MemberRequest` of the API; a `ProjectPage` or `WorkspacePage`; a `MemberPage` or `PublicPage`.
/// A screen that the project's side and a workspace's admins have is one class, which takes an `AdminRequest`.
/// `WorkspaceCookies` finds the session that a request means (docs/decisions/0011). `LookupCache` keeps answers about
/// public addresses, each as its difference from another one (0024): every change has a number, and an answer is kept
/// only if nothing changed since before its data was read. The menu counts unread threads through the interface
/// `MenuCount`, which the inbox implements. Begin with `WorkspaceRequests`; rules of workspaces are in `Workspaces`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.access;
