package dev.banyan.console;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Accounts;
import dev.banyan.whatsapp.Pools;
import jakarta.inject.Singleton;

/// The root account that the console acts for: the chosen one, else the only one with masters, else the only one
/// (design 7).
@Singleton
public record ConsoleAccounts(Accounts accounts, Pools pools) {

    public static final int LISTED = 20;

    /// @param named a username; empty if none was chosen
    public Account choose(Optional<String> named) {
        return named.map(this::named).orElseGet(this::only);
    }

    /// The same for suggestions, which go on without an account.
    public Optional<Account> find(Optional<String> named) {
        try {
            return Optional.of(choose(named));
        } catch (CommandRefused _) {
            return Optional.empty();
        }
    }

    /// Returns the account that an order acts for, which may be a sub-account because those have projects, too.
    public AccountContext context(Order order) {
        Optional<AccountContext> sub = order.named()
                .flatMap(name -> accounts.byUsername(name.toLowerCase(Locale.ROOT)))
                .filter(account -> account.isSubAccount() && account.status() != AccountStatus.DELETED)
                .flatMap(account -> accounts.root(account.owner().tenant())
                        .map(root -> AccountContext.ofServer(order.actor(), root.account(), account)));
        return sub.orElseGet(() -> {
            Account root = choose(order.named());
            return AccountContext.ofServer(order.actor(), root, root);
        });
    }

    private Account named(String username) {
        return accounts.byUsername(username.toLowerCase(Locale.ROOT))
                .filter(account -> !account.isSubAccount() && account.status() != AccountStatus.DELETED)
                .orElseThrow(() -> new CommandRefused("Account " + username + " not found"));
    }

    private Account only() {
        List<Account> candidates = candidates(LISTED + 1);
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        throw candidates.isEmpty()
                ? new CommandRefused("This server has no accounts yet")
                : CommandRefused.choice(
                        "Which account? Choose one with 'use <username>' or --account <username>:",
                        lines(candidates).toList());
    }

    /// Returns root accounts with masters, or all root accounts if none has any; the first `limit` of them.
    public List<Account> candidates(int limit) {
        List<Account> withMasters = pools.accountsWithMasters(limit);
        return withMasters.isEmpty()
                ? accounts.roots("", Optional.empty(), limit).accounts().stream()
                        .map(Accounts.Described::account)
                        .toList()
                : withMasters;
    }

    private static Stream<String> lines(List<Account> candidates) {
        Stream<String> shown = candidates.stream()
                .limit(LISTED)
                .map(account -> "   " + account.username() + " (" + account.displayName() + ")");
        return candidates.size() > LISTED ? Stream.concat(shown, Stream.of("   …")) : shown;
    }
}
