package dev.banyan.platform.cluster;

import module java.base;
import dev.banyan.platform.AccountId;

/// A node has given up the live work of an account.
///
/// @param to the node that gets it; empty: the first one that looks
record LeaseMoved(AccountId account, Optional<UUID> to) implements News {}
