package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;

/// An account of other owners that a person works for: a root account, or a sub-account that a membership lists.
///
/// @param since when the person joined
public record ManagedAccount(Account account, Account root, Membership membership, Instant since) {

    private static final int ACCOUNTS_AT_MOST = 200;

    /// Returns the accounts in use, oldest membership first, in four queries regardless of their number.
    public static List<ManagedAccount> by(Tx tx, IdentityId identity) {
        var members = new MembershipStore(tx);
        List<MembershipStore.Joined> joined =
                members.joined(identity, new IdentityStore(tx).home(identity), ACCOUNTS_AT_MOST);
        if (joined.isEmpty()) {
            return List.of();
        }
        List<AccountId> partly = joined.stream()
                .filter(one -> !one.membership().everything())
                .map(MembershipStore.Joined::tenant)
                .toList();
        List<AccountId> listed = partly.isEmpty() ? List.of() : members.listed(identity, partly);
        var ids = new HashSet<>(listed);
        joined.forEach(one -> ids.add(one.tenant()));
        Map<AccountId, Account> accounts =
                new AccountStore(tx).active(ids).stream().collect(Collectors.toMap(Account::id, Function.identity()));
        var managed = new ArrayList<ManagedAccount>();
        for (MembershipStore.Joined one : joined) {
            Account root = accounts.get(one.tenant());
            if (root != null && one.membership().everything()) {
                managed.add(new ManagedAccount(root, root, one.membership(), one.since()));
            } else if (root != null) {
                listed.stream()
                        .flatMap(id -> Stream.ofNullable(accounts.get(id)))
                        .filter(account -> account.owner().tenant().equals(root.id()))
                        .map(account -> new ManagedAccount(account, root, one.membership(), one.since()))
                        .forEach(managed::add);
            }
        }
        return List.copyOf(managed);
    }

    /// Returns the sub-accounts of the context's root account that a membership lists.
    public static List<Account> listed(List<ManagedAccount> managed, AccountContext context) {
        return managed.stream()
                .filter(one -> one.root().id().equals(context.root().id()))
                .map(ManagedAccount::account)
                .filter(Account::isSubAccount)
                .toList();
    }
}
