package dev.banyan.pages;

/// The API error for a reached plan limit, with the data for an upgrade offer.
///
/// @param limit of the tier, for the account or for all accounts of the tenant together
/// @param currentTier the key of the tier with this limit
record LimitFailure(String error, long currentCount, long limit, boolean upgradeRequired, String currentTier) {}
