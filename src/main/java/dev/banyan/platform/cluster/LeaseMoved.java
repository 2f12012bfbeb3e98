package dev.banyan.platform.cluster;

import module java.base;

/// A node has given up the live work of a pool.
///
/// @param to the node that gets it; empty: the first one that looks
record LeaseMoved(LivePool pool, Optional<UUID> to) implements News {}
