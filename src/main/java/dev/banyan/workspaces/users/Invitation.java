package dev.banyan.workspaces.users;

import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;
import java.time.Instant;
import java.util.Optional;

/// A link on its way to somebody, who becomes a user of a workspace by opening it and choosing a password; or who is
/// one, and chooses a new password. The token in the link is known to the receiver of the mail alone.
///
/// @param username that they will have; empty: they choose
/// @param email in lower case, one invitation per workspace
/// @param user whose password it changes; empty: a new user comes of it
public record Invitation(
        WorkspaceId workspace,
        Optional<String> username,
        String email,
        WorkspaceRole role,
        Optional<Integer> user,
        Instant createdAt,
        Instant expiresAt) {

    public boolean isForNewUser() {
        return user.isEmpty();
    }

    boolean isOpenAt(Instant now) {
        return now.isBefore(expiresAt);
    }
}
