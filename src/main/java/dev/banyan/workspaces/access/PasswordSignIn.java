package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.Workspace;

/// Whether passwords open a workspace. Implemented by single sign-on, which may close it to them.
public interface PasswordSignIn {

    /// Whether anyone may sign in with a password, and register.
    boolean isOpen(Tx tx, Workspace workspace);

    /// Whether this user may: people of a sign-in provider only if its settings say so, and not while it refuses them.
    boolean isOpen(Tx tx, Workspace workspace, int user);

    /// Returns the name of this user's sign-in provider, if it said that they may not be in, or has refused them for so
    /// long. A provider also refuses people whose session there is over, so what they gave to others outlives that
    /// for a time.
    Optional<String> refusedBy(Tx tx, Workspace workspace, int user, Duration since);

    /// Returns all users whom it refuses in this way.
    Set<Integer> refused(Tx tx, Workspace workspace, Duration since);
}
