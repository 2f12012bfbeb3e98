package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import java.util.Set;

/// For what of an account somebody works.
///
/// @param everything the account itself and all of its sub-accounts, also those to come
/// @param accounts otherwise these sub-accounts and nothing else
public record MemberScope(boolean everything, Set<AccountId> accounts) {

    public static final MemberScope ALL = new MemberScope(true, Set.of());

    /// More than a person looks after; what is kept of a person stays small.
    public static final int LISTED_AT_MOST = 200;

    public static MemberScope listed(Set<AccountId> accounts) {
        return new MemberScope(false, Set.copyOf(accounts));
    }

    boolean covers(MemberScope other) {
        return everything || !other.everything && accounts.containsAll(other.accounts);
    }

    public String key() {
        return everything ? "all" : "listed";
    }

    static boolean isEverything(String key) {
        return key.equals("all");
    }
}
