/// Projects and workspaces from the project's side: creating, changing, suspending, deleting, their settings and looks.
///
/// Owns no tables of its own. May call `signin` and everything below it.
///
/// The rules are in `Projects` and `Workspaces` of `access`; here are the routes, the pages and the large acts.
/// `WorkspaceDeletions` removes a workspace with its number, `ProjectContents` erases an account's projects a bounded
/// number of rows at a time, and `AccountSuspensions` makes workspaces follow their account (docs/decisions/0015).
/// Begin with `WorkspacesResource` and `ProjectsPageResource`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.administration;
