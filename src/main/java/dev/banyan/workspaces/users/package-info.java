/// The users of a workspace: adding, inviting, approving, removing, and the links mailed to them.
///
/// Owns the tables `workspace_user_networks`, `workspace_invitations` and `workspace_registrations`. May call the core
/// and `access`.
///
/// A registration that waits for a confirmed email or an admin's approval is a row of its own and no user at all
/// (docs/decisions/0032). Only digests of mailed tokens are stored, and a link works once. Invitations and links end
/// with the right of the person who sent them (0031). `UserWaysIn` knows everything that lets a user in (0074). Begin
/// with `WorkspaceUsers`, `Invitations` and `WaitingRegistrations`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.users;
