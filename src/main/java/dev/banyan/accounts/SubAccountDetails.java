package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.config.PlanSettings.NoticesTo;

/// What an agency stores about one of its sub-accounts. Visitors see at most who manages it; no one else sees any of
/// it.
///
/// @param fields what the agency edits, the account's texts among it
/// @param suspendedByPlan true if it is suspended because the plan had no room for it, not because its agency suspended
///     it
/// @param deletedAt when it was deleted; it is erased after a waiting period
public record SubAccountDetails(
        SubAccountFields fields, Optional<Instant> suspendedAt, boolean suspendedByPlan, Optional<Instant> deletedAt) {

    /// Returns who gets notices about it; empty for the server's default.
    public Optional<NoticesTo> notices() {
        return fields.of(SubAccountField.NOTIFY).flatMap(Names::noticesTo);
    }
}
