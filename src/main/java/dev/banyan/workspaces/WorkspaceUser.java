package dev.banyan.workspaces;

import java.time.Instant;
import java.util.Optional;

/// A login that exists inside one workspace only.
///
/// @param id counted by the database; never compared with ids of identities
/// @param username as it was typed, unique in the workspace in any letter case
/// @param email in lower case, unique in the workspace
/// @param lastSignInAt empty for who has never been in, or not since this is written down
public record WorkspaceUser(
        int id,
        WorkspaceId workspace,
        String username,
        String email,
        WorkspaceRole role,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> lastSignInAt) {

    /// How many of them an answer about a workspace shows; their own list pages through them all.
    public static final int SHOWN_WITH_WORKSPACE = 1_000;

    public boolean isAdmin() {
        return role == WorkspaceRole.ADMIN;
    }
}
