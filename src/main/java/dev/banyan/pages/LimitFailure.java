package dev.banyan.pages;

/// What programs are told where a plan ends: the text, and what it takes to offer more.
///
/// @param limit what the tier allows, to the account or to all accounts of the tenant together
/// @param currentTier the key of the tier whose limit it is
record LimitFailure(String error, long currentCount, long limit, boolean upgradeRequired, String currentTier) {}
