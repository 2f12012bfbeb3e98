package dev.banyan.accounts.search;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountWordStore;
import dev.banyan.accounts.ManagedAccount;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.Reindexed;
import dev.banyan.platform.search.SearchWords;
import jakarta.inject.Singleton;

/// Finds brands, and the accounts of other owners that the person works for. A suspended brand has no dashboard; who
/// may manage brands gets its details.
@Singleton
final class BrandSearch implements SearchSource, Reindexed {

    @Override
    public Map<String, Texts> texts() {
        return Map.of("accounts", (tx, after) -> new AccountWordStore(tx).addSigned(after));
    }

    @Override
    public List<SearchHit> find(Tx tx, SearchScope scope, String text, int limit) {
        Stream<SearchHit> own = new SubAccountStore(tx)
                .search(scope.tenant(), scope.listed(), text, limit).stream()
                        .map(SubAccountStore.Row::account)
                        .flatMap(account -> hit(scope, account).stream());
        return Stream.concat(own, joined(tx, scope, text)).limit(limit).toList();
    }

    private static List<SearchHit> hit(SearchScope scope, Account account) {
        if (account.status() == AccountStatus.ACTIVE) {
            return List.of(hit(account));
        }
        return scope.everything() && scope.permits("manage:subaccounts")
                ? List.of(new SearchHit(
                        SearchKind.BRAND,
                        scope.tenant(),
                        account.displayName(),
                        "@" + account.username() + ", suspended",
                        "/admin/users/sub-accounts/" + account.username()))
                : List.of();
    }

    static SearchHit hit(Account account) {
        return new SearchHit(
                SearchKind.BRAND, account.id(), account.displayName(), "@" + account.username(), Paths.HOME);
    }

    /// A program acts for one account, whoever made its key.
    private static Stream<SearchHit> joined(Tx tx, SearchScope scope, String text) {
        if (scope.context().isKey()) {
            return Stream.of();
        }
        List<String> typed = SearchWords.typed(text);
        return ManagedAccount.by(tx, scope.context().identity()).stream()
                .filter(one -> !one.root().id().equals(scope.tenant()))
                .map(ManagedAccount::account)
                .filter(account -> isFound(account, typed))
                .map(BrandSearch::hit);
    }

    private static boolean isFound(Account account, List<String> typed) {
        Set<String> words = SearchWords.of(account.username(), List.of(account.displayName()));
        return !typed.isEmpty()
                && typed.stream().allMatch(begin -> words.stream().anyMatch(word -> word.startsWith(begin)));
    }
}
