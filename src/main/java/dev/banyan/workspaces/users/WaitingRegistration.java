package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.WorkspaceId;

/// A person who has registered in a workspace and becomes a user once the registration is proved.
///
/// @param email in lower case
/// @param waitsFor a confirmed email address, or an admin's approval
public record WaitingRegistration(
        UUID id,
        WorkspaceId workspace,
        String username,
        String email,
        RegistrationProof waitsFor,
        Instant createdAt,
        Instant expiresAt) {}
