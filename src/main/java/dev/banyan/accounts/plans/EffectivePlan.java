package dev.banyan.accounts.plans;

import module java.base;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Owner;

/// The plan that applies to a tenant at a given time: what it bought, as far as that is in force and this server's
/// settings allow it. Made by [Plans]; limits, pages and answers use no other source.
///
/// @param tier the tier of the root account
/// @param agencyPermission empty if the tenant may not have sub-accounts, whatever it bought
/// @param packSize how many sub-accounts the packs give, with or without the permission to use them
/// @param packLabel such as `10-pack`; empty without packs
/// @param room how many sub-accounts can stay as they are; it does not shrink if the server's settings only prevent new
///     ones
/// @param subAccountTier the tier of the tenant's sub-accounts
public record EffectivePlan(
        Tier tier,
        Optional<AgencyPermission> agencyPermission,
        Limit packSize,
        String packLabel,
        Limit room,
        Tier subAccountTier) {

    /// Returns how many sub-accounts the tenant may have.
    public Limit subAccountLimit() {
        return agencyPermission.isPresent() ? room : Limit.ZERO;
    }

    /// Returns the tier whose limits and features apply to an account of the tenant.
    public Tier tierOf(Owner owner) {
        return owner.isSubAccount() ? subAccountTier : tier;
    }
}
