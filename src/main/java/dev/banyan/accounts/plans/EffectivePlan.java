package dev.banyan.accounts.plans;

import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Owner;
import java.util.Optional;

/// What holds for a tenant at a moment: what it bought, as far as that is in force, and as far as this server's
/// settings allow it. [Plans] makes it; limits, pages and answers ask nobody else.
///
/// @param tier at which the root account works
/// @param agencyPermission empty where the tenant may not have sub-accounts, whatever it bought
/// @param packSize how many sub-accounts the packs give, whether or not the permission to use them is there
/// @param packLabel such as `10-pack`; empty without packs
/// @param room how many sub-accounts can stay as they are; it does not shrink where the server's settings only keep
///     new ones from being made
/// @param subAccountTier at which the tenant's sub-accounts work
public record EffectivePlan(
        Tier tier,
        Optional<AgencyPermission> agencyPermission,
        int packSize,
        String packLabel,
        int room,
        Tier subAccountTier) {

    /// How many sub-accounts the tenant may have.
    public int maxSubAccounts() {
        return agencyPermission.isPresent() ? room : 0;
    }

    /// The tier whose limits and features hold for an account of the tenant.
    public Tier tierOf(Owner owner) {
        return owner.isSubAccount() ? subAccountTier : tier;
    }
}
