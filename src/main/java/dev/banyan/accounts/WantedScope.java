package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Tx;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// For what of an account somebody is to work, as it was asked for: looked up, it is a scope or a broken rule.
sealed interface WantedScope {

    record Good(MemberScope scope) implements WantedScope {}

    record Bad(Invalid invalid) implements WantedScope {}

    /// @param everything owners have it whatever was asked for
    /// @param subAccounts usernames, where it is not everything
    static WantedScope of(
            Tx tx, AccountId tenant, MemberRole role, boolean everything, Collection<String> subAccounts) {
        if (everything || role == MemberRole.OWNER) {
            return new Good(MemberScope.ALL);
        }
        var names = new TreeSet<String>();
        subAccounts.forEach(name -> names.add(Names.lower(name)));
        if (names.size() > MemberScope.LISTED_AT_MOST) {
            return bad("Choose at most " + MemberScope.LISTED_AT_MOST + " sub-accounts, or all of them");
        }
        Map<String, AccountId> found = new SubAccountStore(tx)
                .named(tenant, names).stream()
                        .map(SubAccountStore.Row::account)
                        .collect(Collectors.toMap(Account::username, Account::id));
        Optional<String> unknown =
                names.stream().filter(name -> !found.containsKey(name)).findFirst();
        return unknown.<WantedScope>map(name -> bad("There is no sub-account “" + name + "”"))
                .orElseGet(() -> names.isEmpty()
                        ? bad("Choose at least one sub-account")
                        : new Good(MemberScope.listed(Set.copyOf(found.values()))));
    }

    private static Bad bad(String rule) {
        return new Bad(new Invalid("subAccounts", rule));
    }
}
