package dev.banyan.platform.cluster;

import module java.base;

/// A question of one node to another.
///
/// @param type the class of the question
record Asked(UUID to, UUID from, UUID id, String type, String body) implements News {}
