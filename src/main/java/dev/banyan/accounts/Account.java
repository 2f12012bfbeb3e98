package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import java.time.Instant;
import java.util.Optional;

/// Owns pages and projects. A root account has no parent and is a tenant; a sub-account has one, and nobody can log in
/// as it.
///
/// @param suspendsAt set while a sub-account is read-only, because its agency's plan has no room for it: then it will
/// be
///     suspended
/// @param ownTier what a root account has bought; of no meaning for a sub-account, which works at a tier that follows
///     from its parent's plan ([EffectivePlan])
public record Account(
        AccountId id,
        Optional<AccountId> parent,
        String username,
        String displayName,
        Optional<String> email,
        Optional<String> bio,
        AccountStatus status,
        Optional<Instant> suspendsAt,
        Tier ownTier,
        Optional<AgencyPermission> agencyPermission,
        Optional<IdentityId> createdBy,
        Instant createdAt) {

    public boolean isSubAccount() {
        return parent.isPresent();
    }

    /// Its public pages stay, and nothing in it can be changed.
    public boolean isReadOnly() {
        return suspendsAt.isPresent();
    }

    /// The same with other texts.
    public Account described(String newName, Optional<String> newEmail, Optional<String> newBio) {
        return new Account(
                id,
                parent,
                username,
                newName,
                newEmail,
                newBio,
                status,
                suspendsAt,
                ownTier,
                agencyPermission,
                createdBy,
                createdAt);
    }

    /// The account as the owner of data.
    public Owner owner() {
        return new Owner(parent.orElse(id), id);
    }
}
