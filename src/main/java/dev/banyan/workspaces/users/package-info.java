/// The users of a workspace: adding, inviting, approving, removing, and the links mailed to them.
///
/// May call the core and `access`. Begin with `WorkspaceUsers`.
@NullMarked
package dev.banyan.workspaces.users;

import org.jspecify.annotations.NullMarked;
