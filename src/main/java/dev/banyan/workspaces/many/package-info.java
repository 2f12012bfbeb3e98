/// Many workspaces at once: creating them from a list and a model, acts on all that match, users from a list.
///
/// Owns no tables. May call every room of workspaces.
///
/// It is a room of its own because each row of a list is done, or refused, for itself: one that fails never stops the
/// others, and a dry run says the same without writing. The model of a workspace is another one of its project
/// (`WorkspaceModels`). Begin with `ManyWorkspaces`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.many;
