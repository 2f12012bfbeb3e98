package dev.banyan.workspaces.users;

import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.WorkspaceId;
import java.time.Instant;
import java.util.UUID;

/// Somebody who has registered in a workspace and is no user until it is proved who they are.
///
/// @param email in lower case
/// @param waitsFor an email address that is confirmed, or an admin
public record WaitingRegistration(
        UUID id,
        WorkspaceId workspace,
        String username,
        String email,
        RegistrationProof waitsFor,
        Instant createdAt,
        Instant expiresAt) {}
