package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.WorkspaceSessions;

/// Result of signing in.
public sealed interface LoggedIn {

    record Welcome(WorkspaceUser user, WorkspaceSessions.Opened session) implements LoggedIn {}

    /// Unknown workspace, unknown name or wrong password: neither the text nor the timing tells which.
    record WrongCredentials() implements LoggedIn {}

    /// The password is correct, but the registration doesn't count yet.
    record Waits(RegistrationProof waitsFor) implements LoggedIn {}

    record Suspended() implements LoggedIn {}

    /// Workspaces are switched off for the project.
    record NotEnabled() implements LoggedIn {}

    /// The password is correct, but only single sign-on opens this workspace.
    record PasswordsOff() implements LoggedIn {}

    /// The directory knows the person, who may not be in.
    record NotAllowed(FormProblem why) implements LoggedIn {}

    /// The directory can’t be asked, and the password is none of ours.
    record Unavailable(FormProblem why) implements LoggedIn {}

    record TooMany(Duration retryAfter) implements LoggedIn {}
}
