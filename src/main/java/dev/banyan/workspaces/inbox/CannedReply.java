package dev.banyan.workspaces.inbox;

import java.time.Instant;
import java.util.UUID;

/// A reply that is kept to be used again.
///
/// @param name by which it is found after a slash: lower case, unique in the workspace
public record CannedReply(UUID id, String name, String text, Instant createdAt, Instant updatedAt) {}
