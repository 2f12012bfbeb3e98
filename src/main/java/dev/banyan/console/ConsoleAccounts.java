package dev.banyan.console;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Accounts;
import dev.banyan.whatsapp.Pools;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The root account that the console acts for: the chosen one, else the only one with masters, else the only one
/// (design 7).
@Singleton
public final class ConsoleAccounts {

    public static final int LISTED = 20;

    /// Result of choosing an account.
    public sealed interface Chosen {

        record Found(Account account) implements Chosen {}

        /// @param known the accounts to choose from, one per line
        record Refused(String why, List<String> known) implements Chosen {

            public Outcome tell(ConsoleOutput voice) {
                if (voice.json()) {
                    return voice.fail(
                            (why + " " + known.stream().map(String::strip).collect(Collectors.joining(", "))).strip());
                }
                Outcome refused = voice.fail(why);
                known.forEach(voice::say);
                return refused;
            }
        }
    }

    private final Accounts accounts;
    private final Pools pools;

    ConsoleAccounts(Accounts accounts, Pools pools) {
        this.accounts = accounts;
        this.pools = pools;
    }

    /// @param named a username; empty if none was chosen
    public Chosen choose(Optional<String> named) {
        return named.map(this::named).orElseGet(this::only);
    }

    /// Returns the account that an order acts for, which may be a sub-account because those have projects, too. Prints
    /// an error if it doesn't exist.
    public Optional<AccountContext> context(Order order) {
        Optional<Account> sub = order.named()
                .flatMap(name -> accounts.byUsername(name.toLowerCase(Locale.ROOT)))
                .filter(account -> account.isSubAccount() && account.status() != AccountStatus.DELETED);
        if (sub.isPresent()) {
            return accounts.root(sub.get().owner().tenant())
                    .map(root -> AccountContext.ofServer(order.actor(), root.account(), sub.get()));
        }
        return switch (choose(order.named())) {
            case Chosen.Found(Account account) -> Optional.of(AccountContext.ofServer(order.actor(), account, account));
            case Chosen.Refused refused -> {
                refused.tell(order.voice());
                yield Optional.empty();
            }
        };
    }

    private Chosen named(String username) {
        return accounts.byUsername(username.toLowerCase(Locale.ROOT))
                .filter(account -> !account.isSubAccount() && account.status() != AccountStatus.DELETED)
                .<Chosen>map(Chosen.Found::new)
                .orElseGet(() -> new Chosen.Refused("Account " + username + " not found", List.of()));
    }

    private Chosen only() {
        List<Account> candidates = candidates(LISTED + 1);
        if (candidates.size() == 1) {
            return new Chosen.Found(candidates.getFirst());
        }
        if (candidates.isEmpty()) {
            return new Chosen.Refused("This server has no accounts yet", List.of());
        }
        return new Chosen.Refused(
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

    static Stream<String> lines(List<Account> candidates) {
        Stream<String> shown = candidates.stream()
                .limit(LISTED)
                .map(account -> "   " + account.username() + " (" + account.displayName() + ")");
        return candidates.size() > LISTED ? Stream.concat(shown, Stream.of("   …")) : shown;
    }
}
