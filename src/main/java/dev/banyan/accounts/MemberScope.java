package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.AccountId;

/// The part of an account that a member works for.
///
/// @param everything the account itself and all of its sub-accounts, including future ones
/// @param accounts otherwise these sub-accounts only
public record MemberScope(boolean everything, Set<AccountId> accounts) {

    public static final MemberScope ALL = new MemberScope(true, Set.of());

    /// The most sub-accounts that can be listed for one person: more than anyone looks after, and it keeps the stored
    /// data small.
    public static final int LISTED_AT_MOST = 200;

    public static MemberScope listed(Set<AccountId> accounts) {
        return new MemberScope(false, Set.copyOf(accounts));
    }

    public String key() {
        return everything ? "all" : "listed";
    }

    static boolean isEverything(String key) {
        return key.equals("all");
    }
}
