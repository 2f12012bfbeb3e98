/// Access to a workspace: sign-in, registration, password resets, and the user's own profile.
///
/// May call `users` and everything below it. Begin with `WorkspaceLogins`.
@NullMarked
package dev.banyan.workspaces.signin;

import org.jspecify.annotations.NullMarked;
