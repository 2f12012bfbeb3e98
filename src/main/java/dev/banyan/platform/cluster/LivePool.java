package dev.banyan.platform.cluster;

import dev.banyan.platform.AccountId;

/// What one node does the live work of at a time: a pool, with the numbers that are in it. Each number is in one.
///
/// @param pool the id of its master
public record LivePool(AccountId account, String pool) {}
