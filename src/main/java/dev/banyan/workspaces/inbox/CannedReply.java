package dev.banyan.workspaces.inbox;

import module java.base;

/// A saved reply.
///
/// @param name typed after a slash to insert it: lower case, unique in the workspace
public record CannedReply(UUID id, String name, String text, Instant createdAt, Instant updatedAt) {}
