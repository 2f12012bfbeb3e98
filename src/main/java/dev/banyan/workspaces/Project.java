package dev.banyan.workspaces;

import module java.base;
import dev.banyan.platform.Owner;

/// A project of an account, which contains workspaces.
///
/// @param enabled whether it may have workspaces; while it may not, they are unreachable
/// @param registrationEnabled whether people may register in its workspaces, and the default for new workspaces
/// @param registrationProof what is required before a registration in them counts
/// @param workspaces their number, including suspended ones
public record Project(
        ProjectId id,
        Owner owner,
        String name,
        Optional<String> description,
        boolean enabled,
        boolean registrationEnabled,
        RegistrationProof registrationProof,
        long workspaces,
        Instant createdAt,
        Instant updatedAt) {}
