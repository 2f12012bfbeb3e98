package dev.banyan.workspaces.access;

import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.Workspace;

/// Whether passwords open a workspace. Implemented by single sign-on, which may close it to them.
public interface PasswordSignIn {

    /// Whether anyone may sign in with a password, and register.
    boolean isOpen(Tx tx, Workspace workspace);

    /// Whether this user may.
    boolean isOpen(Tx tx, Workspace workspace, int user);
}
