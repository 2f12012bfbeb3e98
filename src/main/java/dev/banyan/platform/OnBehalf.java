package dev.banyan.platform;

import module java.base;

/// For whom an operator acts: an account that is not theirs, for a limited time (docs/decisions/0061).
///
/// @param access the grant, which ends by time or by either side
/// @param account the root account
public record OnBehalf(UUID access, AccountId account) {}
