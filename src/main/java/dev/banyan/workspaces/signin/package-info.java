/// Signing in to a workspace: login, registration, forgotten passwords, the own profile.
///
/// Owns no tables of its own. May call `users` and everything below it.
///
/// Logins exist inside one workspace only, and a browser may hold a session in several at once. Registering
/// (`WorkspaceRegistrations`) goes through `WaitingRegistrations` where the project asks for proof. Begin with
/// `WorkspaceLogins`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.signin;
