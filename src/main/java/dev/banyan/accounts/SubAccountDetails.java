package dev.banyan.accounts;

import dev.banyan.platform.config.PlanSettings.NoticesTo;
import java.time.Instant;
import java.util.Optional;

/// What an agency knows of one of its sub-accounts, and nobody else: visitors are told at most who manages it.
///
/// @param internalLabel how the agency calls it, at most 100 characters
/// @param notes at most 500 characters
/// @param notices who hears of it; empty: as the server's setting says
/// @param showManagedBy whether visitors read on its pages who manages it
/// @param suspendedByPlan it is suspended because the plan had no room for it, not because its agency wished so
/// @param deletedAt since when it waits to be erased
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
