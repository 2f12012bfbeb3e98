package dev.banyan.platform.cluster;

import module java.base;

/// One run of a server that shares its database with others. A server that starts again is another node.
///
/// @param name the address that it listens on, for people
/// @param keyId of the key that seals its secrets
/// @param seenAt its last sign of life, by the clock of the database
public record Node(UUID id, String name, String keyId, Instant startedAt, Instant seenAt) {}
