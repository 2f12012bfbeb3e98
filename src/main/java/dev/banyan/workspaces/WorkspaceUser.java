package dev.banyan.workspaces;

import java.time.Instant;

/// A login that exists inside one workspace only.
///
/// @param id counted by the database; never compared with ids of identities
/// @param username as it was typed, unique in the workspace in any letter case
/// @param email in lower case, unique in the workspace
public record WorkspaceUser(
        int id,
        WorkspaceId workspace,
        String username,
        String email,
        WorkspaceRole role,
        Instant createdAt,
        Instant updatedAt) {

    public boolean isAdmin() {
        return role == WorkspaceRole.ADMIN;
    }
}
