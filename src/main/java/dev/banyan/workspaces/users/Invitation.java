package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;

/// A mailed link that lets a person become a user of a workspace by choosing a password, or lets a user choose a new
/// one. Only the recipient of the mail knows the token.
///
/// @param username their future username; empty lets them choose
/// @param email in lower case, one invitation per workspace
/// @param user the user whose password it resets; empty creates a new user
/// @param sender the admin of the workspace who sent it, and with whose right it ends
/// @param linkShown whether the sender saw the link, so that it doesn't prove who reads the mail
public record Invitation(
        WorkspaceId workspace,
        Optional<String> username,
        String email,
        WorkspaceRole role,
        Optional<Integer> user,
        Optional<Integer> sender,
        boolean linkShown,
        Instant createdAt,
        Instant expiresAt) {

    public boolean isForNewUser() {
        return user.isEmpty();
    }

    boolean isOpenAt(Instant now) {
        return now.isBefore(expiresAt);
    }
}
