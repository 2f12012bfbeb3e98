package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import java.time.Instant;
import java.util.Optional;

/// Owns pages and projects. A root account has no parent and is a tenant; a sub-account has one, and nobody can log in
/// as it.
///
/// @param ownTier what a root account has bought; of no meaning for a sub-account, which works at a tier that follows
///     from its parent's plan ([Plan#subAccountTier])
public record Account(
        AccountId id,
        Optional<AccountId> parent,
        String username,
        String displayName,
        Optional<String> email,
        Optional<String> bio,
        AccountStatus status,
        Tier ownTier,
        Optional<AgencyPermission> agencyPermission,
        Optional<IdentityId> createdBy,
        Instant createdAt) {

    public boolean isSubAccount() {
        return parent.isPresent();
    }

    /// The account as the owner of data.
    public Owner owner() {
        return new Owner(parent.orElse(id), id);
    }
}
