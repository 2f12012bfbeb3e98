package dev.banyan.accounts.search;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.context.KeyRights;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;

/// Where a member may search: in the whole account, or in the brands that the membership lists.
///
/// @param context who searches; the search doesn't depend on the account that they act for
/// @param listed the only accounts that are searched; empty for a member of the whole account
public record SearchScope(AccountContext context, Optional<Set<AccountId>> listed) {

    static SearchScope of(Tx tx, AccountContext context) {
        return new SearchScope(
                context,
                context.membership().everything()
                        ? Optional.empty()
                        : Optional.of(Set.copyOf(
                                new MembershipStore(tx).listed(context.root().id(), context.identity()))));
    }

    public AccountId tenant() {
        return context.root().id();
    }

    /// Returns true for a member of the whole account, who also sees what belongs to the root account.
    public boolean everything() {
        return listed.isEmpty();
    }

    /// Returns true if the member has the permission, and the API key that searches in their name as well.
    public boolean permits(String permission) {
        return KeyRights.permit(context.membership(), permission) && context.holds(List.of(permission));
    }
}
