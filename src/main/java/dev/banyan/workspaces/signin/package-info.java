/// Coming into a workspace: sign-in, registration, forgotten passwords, the own profile.
///
/// May call `users` and everything below it. Begin with `WorkspaceLogins`.
@NullMarked
package dev.banyan.workspaces.signin;

import org.jspecify.annotations.NullMarked;
