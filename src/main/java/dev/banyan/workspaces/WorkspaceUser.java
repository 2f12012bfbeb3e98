package dev.banyan.workspaces;

import module java.base;

/// A user who exists inside one workspace only.
///
/// @param id assigned by the database; never compared with ids of identities
/// @param username as typed, unique in the workspace ignoring letter case
/// @param email in lower case, unique in the workspace
/// @param lastSignInAt empty for users who have not signed in since this is recorded
public record WorkspaceUser(
        int id,
        WorkspaceId workspace,
        String username,
        String email,
        WorkspaceRole role,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> lastSignInAt) {

    /// The most users in an API response about a workspace; their own list pages through all of them.
    public static final int SHOWN_WITH_WORKSPACE = 1_000;

    public boolean isAdmin() {
        return role == WorkspaceRole.ADMIN;
    }
}
