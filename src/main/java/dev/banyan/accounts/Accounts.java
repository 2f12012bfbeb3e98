package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Language;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Accounts as visitors and operators see them: looked up by name, listed over all tenants.
@Singleton
public record Accounts(Database database) {

    public record Described(Account account, Plan plan, Map<PlanQuota, Long> used) {

        public long used(PlanQuota quota) {
            return used.getOrDefault(quota, 0L);
        }
    }

    public record Listed(List<Described> accounts, Optional<AccountId> next) {}

    /// @param username in lower case
    public Optional<Account> byUsername(String username) {
        return database.read(tx -> new AccountStore(tx).findByUsername(username));
    }

    /// Finds an account by its name, or one that leads on to it, in the caller's transaction.
    ///
    /// @param username in lower case
    public static Optional<Account> named(Tx tx, String username) {
        return new AccountStore(tx).findByUsername(username);
    }

    /// Returns whether a name is one of an account's, which it has now or had before, or its id.
    ///
    /// @param idOrName as people and programs send it
    public static boolean isNamed(Tx tx, Account account, String idOrName) {
        String name = Names.lower(idOrName);
        return name.equals(account.username())
                || name.equals(account.id().toString())
                || named(tx, name)
                        .filter(found -> found.id().equals(account.id()))
                        .isPresent();
    }

    /// Returns the former usernames that lead on to an account.
    public Set<String> formerNames(Owner owner) {
        return database.read(tx -> formerNames(tx, owner));
    }

    /// Returns the former usernames that lead on to an account.
    public static Set<String> formerNames(Tx tx, Owner owner) {
        return new AccountStore(tx).formerNames(owner);
    }

    /// Finds the account that a record belongs to, in the caller's transaction.
    public static Optional<Account> find(Tx tx, AccountId id) {
        return new AccountStore(tx).find(id);
    }

    /// Returns the username of the agency behind a sub-account, if that agency wants visitors to know.
    public static Optional<String> managerShown(Tx tx, Account account) {
        return account.parent().flatMap(parent -> new SubAccountStore(tx).managerShown(parent, account.id()));
    }

    /// Returns the language of an account's public pages: its own, or its agency's; English if none was chosen.
    public static Language language(Tx tx, Owner owner) {
        Map<AccountId, Language> chosen = new AccountStore(tx).languages(owner);
        return Stream.of(owner.account(), owner.tenant())
                .flatMap(id -> Stream.ofNullable(chosen.get(id)))
                .findFirst()
                .orElse(Language.ENGLISH);
    }

    /// Returns the usernames of those accounts that visitors may see.
    public static Map<AccountId, String> visible(Tx tx, Collection<AccountId> ids) {
        return new AccountStore(tx).activeUsernames(ids);
    }

    /// Returns the status, which decides what visitors may see of the account; empty if it is erased.
    public Optional<AccountStatus> status(AccountId id) {
        return database.read(tx -> new AccountStore(tx).find(id).map(Account::status));
    }

    /// Returns all root accounts, newest first. For operators only; the resource checks that.
    public Listed roots(String search, Optional<AccountId> after, int limit) {
        return roots(RootQuery.all(search, after), limit);
    }

    /// Returns all root accounts that match, newest first. For operators only; the resource checks that.
    public Listed roots(RootQuery query, int limit) {
        return database.read(tx -> {
            var store = new AccountStore(tx);
            List<Account> found = store.roots(query, limit + 1);
            List<Account> shown = found.subList(0, Math.min(limit, found.size()));
            Map<AccountId, Plan> plans = store.plans(shown);
            Map<AccountId, Map<PlanQuota, Long>> used =
                    new UsageStore(tx).used(shown.stream().map(Account::id).toList());
            return new Listed(
                    shown.stream()
                            .map(account -> new Described(
                                    account,
                                    plans.getOrDefault(account.id(), Plan.FREE),
                                    used.getOrDefault(account.id(), Map.of())))
                            .toList(),
                    found.size() > limit ? Optional.of(shown.getLast().id()) : Optional.empty());
        });
    }

    /// Returns the username of an account, for programs that read a database outside the server.
    public static Optional<String> usernameOf(Database database, AccountId id) {
        return database.read(tx -> new AccountStore(tx).find(id).map(Account::username));
    }

    /// Locks the account's status for a transaction that creates something whose state follows the account's.
    ///
    /// @return empty if the account is erased
    public static Optional<AccountStatus> hold(Tx tx, AccountId id) {
        return new AccountStore(tx).lock(id).map(Account::status);
    }

    /// Finds a root account; a sub-account has no plan of its own and is not found here.
    public Optional<Described> root(AccountId id) {
        return database.read(tx -> new AccountStore(tx)
                .find(id)
                .filter(account -> !account.isSubAccount())
                .map(account -> new Described(
                        account,
                        new AccountStore(tx).plan(account),
                        new UsageStore(tx).used(List.of(id)).getOrDefault(id, Map.of()))));
    }
}
