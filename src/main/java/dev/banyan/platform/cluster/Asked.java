package dev.banyan.platform.cluster;

import java.util.UUID;

/// A question of one node to another.
///
/// @param type the class of the question
record Asked(UUID to, UUID from, UUID id, String type, String body) implements News {}
