package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owned;
import dev.banyan.platform.Owner;

/// Owns pages and projects. A root account has no parent and is a tenant; a sub-account has a parent, and no one can
/// log in as it.
///
/// @param suspendsAt when a sub-account that is read-only, because its agency's plan has no room for it, will be
///     suspended
/// @param ownTier the tier that a root account has bought; meaningless for a sub-account, whose tier follows from its
///     parent's plan ([EffectivePlan])
/// @param unlimited whether a root account's plan has no limits
/// @param checklistHidden whether the first steps on a root account's dashboard are done or dismissed
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
        boolean unlimited,
        boolean checklistHidden,
        Optional<IdentityId> createdBy,
        Instant createdAt)
        implements Owned {

    public boolean isSubAccount() {
        return parent.isPresent();
    }

    /// Returns true when nothing in the account can be changed; its public pages stay online.
    public boolean isReadOnly() {
        return suspendsAt.isPresent();
    }

    @Override
    public Owner owner() {
        return new Owner(parent.orElse(id), id);
    }

    @Override
    public String idText() {
        return id.toString();
    }
}
