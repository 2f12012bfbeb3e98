/// Deleted workspaces: for 30 days they can be restored, then they are erased.
///
/// Owns no tables: a deleted workspace is a row of `sub_clients` with `deleted_at`, and `WorkspaceStore` finds it only
/// when it is asked for deleted ones. May call `users` and everything below it.
///
/// Deleting ends sessions and gives the place in the account's limit back; restoring takes one again. Its short id is
/// kept, so its address is still its own afterwards; its number isn't. `WorkspaceErasures` erases a bounded number of
/// rows at a time. Begin with `DeletedWorkspaces`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.trash;
