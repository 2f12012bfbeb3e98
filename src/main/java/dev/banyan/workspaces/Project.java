package dev.banyan.workspaces;

import dev.banyan.platform.Owner;
import java.time.Instant;
import java.util.Optional;

/// What belongs to an account and holds workspaces.
///
/// @param enabled whether it may have workspaces at all; they are unreachable while it may not
/// @param registrationEnabled whether people may register in its workspaces, and what new workspaces begin with
/// @param registrationProof what it takes before a registration in them counts
/// @param workspaces how many there are, suspended ones too
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
