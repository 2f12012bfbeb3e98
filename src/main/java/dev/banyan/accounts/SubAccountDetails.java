package dev.banyan.accounts;

import dev.banyan.platform.config.PlanSettings.NoticesTo;
import java.time.Instant;
import java.util.Optional;

/// What an agency stores about one of its sub-accounts. Visitors see at most who manages it; no one else sees any of
/// it.
///
/// @param internalLabel the agency's own name for it, at most 100 characters
/// @param notes at most 500 characters
/// @param notices who gets notices about it; empty for the server's default
/// @param showManagedBy whether its public pages say who manages it
/// @param suspendedByPlan true if it is suspended because the plan had no room for it, not because its agency suspended
///     it
/// @param deletedAt when it was deleted; it is erased after a waiting period
public record SubAccountDetails(
        SubAccountType type,
        Optional<String> internalLabel,
        Optional<String> notes,
        Optional<NoticesTo> notices,
        boolean showManagedBy,
        Optional<Instant> suspendedAt,
        boolean suspendedByPlan,
        Optional<Instant> deletedAt) {

    public static final SubAccountDetails NONE = new SubAccountDetails(
            SubAccountType.CLIENT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            false,
            Optional.empty());
}
